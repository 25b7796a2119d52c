// SPDX-License-Identifier: Apache-2.0
//
// A library to preload: kills the process with SIGKILL at its k-th change of a file below a directory, SQLite's changes
// included. The crash matrix runs the program under it once for every k.
//
//   CRASH_ROOT  the directory (absolute, no symlinks)
//   CRASH_AT    k, from 1; 0 only counts
//   CRASH_TORN  when set, half of a write is done before the kill
//   CRASH_COUNT a file that gets the number of changes when the process ends by itself
//
// What the changed process starts in its turn is left alone.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long steps;
static long limit = -1;
static int torn;
static char root[PATH_MAX];
static size_t root_length;
static char count_path[PATH_MAX];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void) {
    const char *at = getenv("CRASH_AT"), *directory = getenv("CRASH_ROOT"), *count = getenv("CRASH_COUNT");
    if (!at || !directory) return;
    snprintf(root, sizeof root, "%s/", directory);
    root_length = strlen(root);
    if (count) snprintf(count_path, sizeof count_path, "%s", count);
    torn = getenv("CRASH_TORN") != NULL;
    limit = atol(at);
    unsetenv("LD_PRELOAD");
    unsetenv("CRASH_AT");
}

__attribute__((destructor)) static void finish(void) {
    if (limit < 0 || !count_path[0]) return;
    FILE *file = fopen(count_path, "w");
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&steps));
    fclose(file);
}

static int is_below(const char *path) { return limit >= 0 && strncmp(path, root, root_length) == 0; }

static int is_file_below(int fd) {
    char link[64], path[PATH_MAX];
    if (limit < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static int is_at_below(int directory, const char *path) {
    return path[0] == '/' || directory == AT_FDCWD ? is_below(path) : is_file_below(directory);
}

// Whether this is the step to die at.
static int is_last(void) { return atomic_fetch_add(&steps, 1) + 1 == limit; }

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static void step(void) {
    if (is_last()) die();
}

#define STEP_IF(condition) do { if (condition) step(); } while (0)

static int opened(const char *path, int flags) {
    return (flags & O_CREAT) && is_below(path) && access(path, F_OK) != 0;
}

#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...) {                                                                       \
        va_list list;                                                                                                  \
        va_start(list, flags);                                                                                         \
        mode_t mode = va_arg(list, mode_t);                                                                            \
        va_end(list);                                                                                                  \
        STEP_IF(opened(path, flags) || ((flags & O_TRUNC) && is_below(path)));                                         \
        return REAL(name)(path, flags, mode);                                                                          \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                                   \
    int name(int directory, const char *path, int flags, ...) {                                                        \
        va_list list;                                                                                                  \
        va_start(list, flags);                                                                                         \
        mode_t mode = va_arg(list, mode_t);                                                                            \
        va_end(list);                                                                                                  \
        STEP_IF((flags & (O_CREAT | O_TRUNC)) && is_at_below(directory, path));                                        \
        return REAL(name)(directory, path, flags, mode);                                                               \
    }
OPENAT(openat)
OPENAT(openat64)

#define WRITE(name, parameters, whole, half)                                                                           \
    ssize_t name parameters {                                                                                          \
        if (is_file_below(fd) && is_last()) {                                                                          \
            if (torn) (void)!REAL(name) half;                                                                          \
            die();                                                                                                     \
        }                                                                                                              \
        return REAL(name) whole;                                                                                       \
    }
WRITE(write, (int fd, const void *bytes, size_t count), (fd, bytes, count), (fd, bytes, count / 2))
WRITE(pwrite, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at), (fd, bytes, count / 2, at))
WRITE(pwrite64, (int fd, const void *bytes, size_t count, off64_t at), (fd, bytes, count, at),
      (fd, bytes, count / 2, at))
WRITE(writev, (int fd, const struct iovec *parts, int count), (fd, parts, count), (fd, parts, count / 2))

#define ON_FILE(name, parameters, arguments)                                                                           \
    int name parameters {                                                                                              \
        STEP_IF(is_file_below(fd));                                                                                    \
        return REAL(name) arguments;                                                                                   \
    }
ON_FILE(ftruncate, (int fd, off_t size), (fd, size))
ON_FILE(ftruncate64, (int fd, off64_t size), (fd, size))
ON_FILE(fsync, (int fd), (fd))
ON_FILE(fdatasync, (int fd), (fd))
ON_FILE(fchmod, (int fd, mode_t mode), (fd, mode))
ON_FILE(syncfs, (int fd), (fd))

#define ON_PATH(name, parameters, condition, arguments)                                                                \
    int name parameters {                                                                                              \
        STEP_IF(condition);                                                                                            \
        return REAL(name) arguments;                                                                                   \
    }
ON_PATH(mkdir, (const char *path, mode_t mode), is_below(path), (path, mode))
ON_PATH(mkdirat, (int directory, const char *path, mode_t mode), is_at_below(directory, path), (directory, path, mode))
ON_PATH(rmdir, (const char *path), is_below(path), (path))
ON_PATH(unlink, (const char *path), is_below(path), (path))
ON_PATH(unlinkat, (int directory, const char *path, int flags), is_at_below(directory, path), (directory, path, flags))
ON_PATH(rename, (const char *from, const char *to), is_below(from) || is_below(to), (from, to))
ON_PATH(renameat, (int source, const char *from, int target, const char *to),
        is_at_below(source, from) || is_at_below(target, to), (source, from, target, to))
ON_PATH(renameat2, (int source, const char *from, int target, const char *to, unsigned flags),
        is_at_below(source, from) || is_at_below(target, to), (source, from, target, to, flags))
ON_PATH(link, (const char *from, const char *to), is_below(to), (from, to))
ON_PATH(linkat, (int source, const char *from, int target, const char *to, int flags), is_at_below(target, to),
        (source, from, target, to, flags))
ON_PATH(symlink, (const char *from, const char *to), is_below(to), (from, to))
ON_PATH(symlinkat, (const char *from, int target, const char *to), is_at_below(target, to), (from, target, to))
