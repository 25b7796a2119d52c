// SPDX-License-Identifier: Apache-2.0
// System calls of the image store that Swift's Glibc overlay does not import.
#pragma once

/// syncfs(2): everything written to the file system of `fd` is on the disk; returns 0 or -1 with errno.
int clinux_syncfs(int fd);
