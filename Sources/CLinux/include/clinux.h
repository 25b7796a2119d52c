// Syscalls and macros that Swift's Glibc overlay does not import.
#pragma once
#include <sys/sysmacros.h>
#include <sys/types.h>
#include <sys/xattr.h>

/// renameat2(2) with RENAME_NOREPLACE; returns 0 or -1 with errno.
int clinux_rename_noreplace(int olddir, const char *oldpath, int newdir, const char *newpath);

/// The micro-architecture level of an x86-64 CPU, 1 to 4 (x86-64 psABI, "Micro-Architecture Levels"); 0 elsewhere.
int clinux_x86_64_level(void);

/// Has malloc(3) keep one heap for all threads (M_ARENA_MAX); before the first of them starts.
void clinux_use_one_heap(void);

/// Opens /dev/null for each of the descriptors 0, 1 and 2 that is closed: the next file to be opened would get its
/// number, and what is printed.
void clinux_open_standard_streams(void);

/// Has SIGINT and SIGTERM end the process with 128 plus the signal, where they would kill it: a shell that waits for a
/// program that died of SIGINT ends its script, too.
void clinux_exit_for_interrupts(void);

/// The text of an error number, a static string ("No such file or directory"), or NULL for an unknown number.
const char *clinux_error_text(int error_number);
