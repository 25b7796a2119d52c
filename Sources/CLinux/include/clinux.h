// Syscalls and macros that Swift's Glibc overlay does not import.
#pragma once
#include <sys/types.h>

/// renameat2(2) with RENAME_NOREPLACE; returns 0 or -1 with errno.
int clinux_rename_noreplace(int olddir, const char *oldpath, int newdir, const char *newpath);
