// SPDX-License-Identifier: Apache-2.0
// System calls of the image store that Swift's Glibc overlay does not import.
#pragma once
#include <stdint.h>

/// syncfs(2): everything written to the file system of `fd` is on the disk; returns 0 or -1 with errno.
int clinux_syncfs(int fd);

/// Asks ext4 to spread the directories of `path` over the disk, each with all that is put below it, as trees that have
/// nothing to do with one another (`chattr +T`). Does nothing where the file system has no such flag.
void clinux_scatter_directories(const char *path);

/// The magic number of the file system that `path` is on (statfs(2), 32 bits), -1 with errno when it can't be told.
long clinux_file_system_type(const char *path);

/// Has the disk begin to write that part of a file (sync_file_range(2)); a hint that may come to nothing.
void clinux_begin_writing(int fd, int64_t offset, int64_t count);
