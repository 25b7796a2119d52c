#include "clinux.h"
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int clinux_rename_noreplace(int olddir, const char *oldpath, int newdir, const char *newpath) {
    return renameat2(olddir, oldpath, newdir, newpath, RENAME_NOREPLACE);
}

int clinux_x86_64_level(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v4")) return 4;
    if (__builtin_cpu_supports("x86-64-v3")) return 3;
    if (__builtin_cpu_supports("x86-64-v2")) return 2;
    return 1;
#else
    return 0;
#endif
}

void clinux_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }

void clinux_open_standard_streams(void) {
    for (int fd = 0; fd <= 2; fd++)
        // The lowest number that is free is this one.
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDWR) != fd) _exit(125);
}

static void exit_for_signal(int number) { _exit(128 + number); }

void clinux_exit_for_interrupts(void) {
    const int numbers[] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++) {
        struct sigaction action;
        if (sigaction(numbers[i], NULL, &action) || action.sa_handler != SIG_DFL) continue;
        action.sa_handler = exit_for_signal;
        sigaction(numbers[i], &action, NULL);
    }
}

const char *clinux_error_text(int error_number) {
    return strerrordesc_np(error_number);
}
