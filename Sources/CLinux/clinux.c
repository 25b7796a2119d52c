#include "clinux.h"
#include <fcntl.h>
#include <stdio.h>

int clinux_rename_noreplace(int olddir, const char *oldpath, int newdir, const char *newpath) {
    return renameat2(olddir, oldpath, newdir, newpath, RENAME_NOREPLACE);
}
