// SPDX-License-Identifier: Apache-2.0
// What running containers needs from Linux and Swift's Glibc overlay does not import: variadic functions, macros,
// _GNU_SOURCE declarations and raw system calls. Every function returns -1 with errno unless it says otherwise.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// O_PATH of fcntl.h.
enum { CLINUX_O_PATH = 010000000 };

/// openat2(2) with RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS: `path` is resolved as if `root` were "/".
int clinux_open_in_root(int root, const char *path, int flags, mode_t mode);

/// openat2(2) with RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS: no component of `path` may be a link or lead out of `root`.
int clinux_open_beneath(int root, const char *path, int flags);

/// One descriptor of a child: `source` in the parent becomes `target` in the child.
struct clinux_fd_map {
    int source;
    int target;
};

/// Flags of clinux_spawn.
enum { CLINUX_SPAWN_NEW_SESSION = 1, CLINUX_SPAWN_NEW_GROUP = 2 };

/// posix_spawn(3) of `path` with exactly the descriptors of `map` (all others are closed), default signal
/// dispositions and an empty signal mask. `cwd` may be NULL. Returns 0 and the pid, or an errno value.
int clinux_spawn(pid_t *pid, const char *path, char *const argv[], char *const envp[],
                 const struct clinux_fd_map *map, size_t count, const char *cwd, int flags);

/// write(2) that answers EPIPE without the signal, whatever the process does about SIGPIPE.
ssize_t clinux_write_quietly(int fd, const void *bytes, size_t count);

/// pidfd_open(2), close-on-exec.
int clinux_pidfd_open(pid_t pid);
/// pidfd_send_signal(2).
int clinux_pidfd_signal(int pidfd, int number);

/// prctl(2) PR_SET_CHILD_SUBREAPER.
int clinux_set_child_subreaper(int on);

/// Makes a network namespace with its loopback interface up and binds it to the file at `path`, which must exist.
/// The calling thread stays in its own namespace.
int clinux_create_network_namespace(const char *path);

/// Starts a process that does nothing but hold a new user and mount namespace. It writes a byte to `ready` when they
/// exist and, after a byte from `go` says that its IDs are mapped, becomes root in them and writes another one.
pid_t clinux_start_namespace_holder(int ready, int go);
/// Moves this process, which must have one thread only, into the user and mount namespace of `holder`, as root there;
/// the working directory is kept.
int clinux_join_namespace_holder(pid_t holder);

/// mount(2) and umount2(2) with MNT_DETACH.
int clinux_mount(const char *source, const char *target, const char *type, unsigned long flags, const char *data);
int clinux_unmount_lazily(const char *target);
/// Marks a mount private, so that what is mounted below it does not propagate.
int clinux_make_private(const char *target);

/// An overlay mount by the mount API of Linux 5.2+ (fsopen, fsconfig, fsmount, move_mount), which has no page-sized
/// limit on the option string. `lowers` is topmost first. Falls back to nothing: ENOSYS or EINVAL mean "not here".
int clinux_mount_overlay(const char *const lowers[], size_t count, const char *upper, const char *work,
                         const char *target, int user_xattr);

/// lgetxattr(2), llistxattr(2), lsetxattr(2).
ssize_t clinux_get_xattr(const char *path, const char *name, void *value, size_t size);
ssize_t clinux_list_xattr(const char *path, char *names, size_t size);
int clinux_set_xattr(const char *path, const char *name, const void *value, size_t size);

/// lseek(2) with SEEK_DATA and SEEK_HOLE; copy_file_range(2) that advances both offsets.
off_t clinux_seek_data(int fd, off_t offset);
off_t clinux_seek_hole(int fd, off_t offset);
ssize_t clinux_copy_range(int source, off_t *from, int target, off_t *to, size_t count);

/// Device number arithmetic of sys/sysmacros.h.
dev_t clinux_makedev(unsigned int major, unsigned int minor);
unsigned int clinux_major(dev_t device);
unsigned int clinux_minor(dev_t device);

/// Receives one descriptor sent with SCM_RIGHTS on `socket`; close-on-exec.
int clinux_receive_descriptor(int socket);

/// A listening AF_UNIX stream socket and a connected AF_UNIX SOCK_SEQPACKET socket; `path` is at most 107 bytes.
int clinux_listen_unix(const char *path);
int clinux_connect_seqpacket(const char *path);

/// Terminal attributes: raw mode of `fd`, the previous ones in `saved` (at least 64 bytes; see clinux_termios_size).
size_t clinux_termios_size(void);
int clinux_terminal_make_raw(int fd, void *saved);
int clinux_terminal_restore(int fd, const void *saved);
int clinux_terminal_get_size(int fd, unsigned short *rows, unsigned short *columns);
int clinux_terminal_set_size(int fd, unsigned short rows, unsigned short columns);

/// Installs a handler for `signals` that writes each signal's number as one byte into a pipe; returns the pipe's
/// reading end (close-on-exec, non-blocking). One at a time in a process: EBUSY otherwise.
int clinux_signal_pipe_open(const int *signals, size_t count);
/// Puts the previous handlers back and closes the pipe.
void clinux_signal_pipe_close(void);

/// An inotify descriptor (close-on-exec, non-blocking) that reports files created in or moved to `directory` and
/// changes of files in it.
int clinux_watch_directory(const char *directory);
