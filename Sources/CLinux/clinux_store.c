// SPDX-License-Identifier: Apache-2.0
#include "clinux_store.h"
#include <unistd.h>

int clinux_syncfs(int fd) { return syncfs(fd); }
