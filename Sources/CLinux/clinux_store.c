// SPDX-License-Identifier: Apache-2.0
#include "clinux_store.h"
#include <sys/vfs.h>
#include <unistd.h>

int clinux_syncfs(int fd) { return syncfs(fd); }

long clinux_file_system_type(const char *path) {
    struct statfs status;
    return statfs(path, &status) == 0 ? (long)(unsigned)status.f_type : -1;
}
