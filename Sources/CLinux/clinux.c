#include "clinux.h"
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

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

const char *clinux_error_text(int error_number) {
    return strerrordesc_np(error_number);
}
