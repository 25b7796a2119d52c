// SPDX-License-Identifier: Apache-2.0
#include "clinux_containers.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <termios.h>
#include <unistd.h>

_Static_assert(CLINUX_O_PATH == O_PATH, "O_PATH differs on this architecture");

static int open_resolving(int root, const char *path, int flags, mode_t mode, uint64_t resolve) {
    struct open_how how = {
        .flags = (uint64_t)(flags | O_CLOEXEC),
        .mode = (flags & O_CREAT) ? mode : 0,
        .resolve = resolve | RESOLVE_NO_MAGICLINKS,
    };
    long fd;
    // The kernel answers EAGAIN when a rename raced with the resolution (openat2(2)).
    do fd = syscall(SYS_openat2, root, path, &how, sizeof how);
    while (fd < 0 && (errno == EAGAIN || errno == EINTR));
    return (int)fd;
}

int clinux_open_in_root(int root, const char *path, int flags, mode_t mode) {
    return open_resolving(root, path, flags, mode, RESOLVE_IN_ROOT);
}

int clinux_open_beneath(int root, const char *path, int flags) {
    return open_resolving(root, path, flags, 0, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
}

static int add_descriptors(posix_spawn_file_actions_t *actions, const struct clinux_fd_map *map, size_t count) {
    int highest = 2, spare = 3, error = 0;
    for (size_t i = 0; i < count; i++) {
        if (map[i].target > highest) highest = map[i].target;
        if (map[i].source >= spare) spare = map[i].source + 1;
    }
    if (highest >= spare) spare = highest + 1;
    // First out of the way, above every source and target, then into place: a source may be another entry's target.
    for (size_t i = 0; i < count && error == 0; i++)
        error = posix_spawn_file_actions_adddup2(actions, map[i].source, spare + (int)i);
    for (size_t i = 0; i < count && error == 0; i++)
        error = posix_spawn_file_actions_adddup2(actions, spare + (int)i, map[i].target);
    for (int fd = 3; fd < highest && error == 0; fd++) {
        int wanted = 0;
        for (size_t i = 0; i < count; i++) wanted |= map[i].target == fd;
        if (!wanted) error = posix_spawn_file_actions_addclose(actions, fd);
    }
    return error ? error : posix_spawn_file_actions_addclosefrom_np(actions, highest + 1);
}

int clinux_spawn(pid_t *pid, const char *path, char *const argv[], char *const envp[],
                 const struct clinux_fd_map *map, size_t count, const char *cwd, int flags) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    short spawn_flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (flags & CLINUX_SPAWN_NEW_SESSION) spawn_flags |= POSIX_SPAWN_SETSID;
    if (flags & CLINUX_SPAWN_NEW_GROUP) spawn_flags |= POSIX_SPAWN_SETPGROUP;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    posix_spawnattr_setflags(&attributes, spawn_flags);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    error = add_descriptors(&actions, map, count);
    if (!error && cwd) error = posix_spawn_file_actions_addchdir_np(&actions, cwd);
    if (!error) error = posix_spawn(pid, path, &actions, &attributes, argv, envp);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

ssize_t clinux_write_quietly(int fd, const void *bytes, size_t count) {
    sigset_t pipe_signal, previous, pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &previous);
    ssize_t result;
    do result = write(fd, bytes, count);
    while (result < 0 && errno == EINTR);
    int saved = errno;
    // The signal of this write is pending on this thread; one that was pending before is not ours to take.
    if (result < 0 && saved == EPIPE && !sigismember(&pending, SIGPIPE)) {
        const struct timespec now = {0, 0};
        sigtimedwait(&pipe_signal, NULL, &now);
    }
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    errno = saved;
    return result;
}

int clinux_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int clinux_pidfd_signal(int pidfd, int number) { return (int)syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0); }

int clinux_set_child_subreaper(int on) { return prctl(PR_SET_CHILD_SUBREAPER, on, 0, 0, 0); }

struct namespace_request {
    const char *path;
    int error;
};

static int bring_loopback_up(void) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING};
    strcpy(request.ifr_name, "lo");
    int result = ioctl(fd, SIOCSIFFLAGS, &request), saved = errno;
    close(fd);
    errno = saved;
    return result;
}

static void *make_namespace(void *argument) {
    struct namespace_request *request = argument;
    char source[64];
    snprintf(source, sizeof source, "/proc/self/task/%ld/ns/net", syscall(SYS_gettid));
    if (unshare(CLONE_NEWNET) || bring_loopback_up() || mount(source, request->path, NULL, MS_BIND, NULL))
        request->error = errno;
    return NULL;
}

int clinux_create_network_namespace(const char *path) {
    // unshare(2) acts on one thread, so the namespace is made in a thread of its own.
    struct namespace_request request = {.path = path, .error = 0};
    pthread_t thread;
    int error = pthread_create(&thread, NULL, make_namespace, &request);
    if (!error) error = pthread_join(thread, NULL);
    if (!error) error = request.error;
    errno = error;
    return error ? -1 : 0;
}

static _Noreturn void hold_namespaces(int ready, int go) {
    char byte = 0;
    setsid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) || write(ready, &byte, 1) != 1 || read(go, &byte, 1) != 1) _exit(1);
    if (setresgid(0, 0, 0) || setresuid(0, 0, 0)) _exit(1);
    // Mounts made here stay here; those that the machine makes later come in.
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) || write(ready, &byte, 1) != 1) _exit(1);
    if (chdir("/")) _exit(1);
    close_range(0, ~0U, 0);
    for (;;) pause();
}

pid_t clinux_start_namespace_holder(int ready, int go) {
    pid_t pid = fork();
    if (pid == 0) hold_namespaces(ready, go);
    return pid;
}

static int join_namespace(pid_t pid, const char *name, int type) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/ns/%s", (long)pid, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    int result = setns(fd, type), saved = errno;
    close(fd);
    errno = saved;
    return result;
}

int clinux_join_namespace_holder(pid_t holder) {
    char directory[PATH_MAX];
    if (!getcwd(directory, sizeof directory)) strcpy(directory, "/");
    if (join_namespace(holder, "user", CLONE_NEWUSER) || join_namespace(holder, "mnt", CLONE_NEWNS)) return -1;
    if (setresgid(0, 0, 0) || setresuid(0, 0, 0)) return -1;
    return chdir(directory) && chdir("/");
}

int clinux_mount(const char *source, const char *target, const char *type, unsigned long flags, const char *data) {
    return mount(source, target, type, flags, data);
}

int clinux_unmount_lazily(const char *target) { return umount2(target, MNT_DETACH | UMOUNT_NOFOLLOW); }

int clinux_make_private(const char *target) { return mount(NULL, target, NULL, MS_PRIVATE, NULL); }

static int set_string(int fs, const char *key, const char *value) {
    return (int)syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, key, value, 0);
}

static int configure_overlay(int fs, const char *const lowers[], size_t count, const char *upper, const char *work,
                             int user_xattr) {
    // "lowerdir+" appends one directory, topmost first (Linux 6.5, Documentation/filesystems/overlayfs.rst).
    for (size_t i = 0; i < count; i++)
        if (set_string(fs, "lowerdir+", lowers[i])) return -1;
    if (set_string(fs, "upperdir", upper) || set_string(fs, "workdir", work)) return -1;
    if (user_xattr) {
        if (syscall(SYS_fsconfig, fs, FSCONFIG_SET_FLAG, "userxattr", NULL, 0)) return -1;
    } else if (set_string(fs, "redirect_dir", "off") || set_string(fs, "metacopy", "off")) {
        // Features that write marks which only this kernel's overlay understands would break diff and commit.
        return -1;
    }
    return (int)syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
}

int clinux_mount_overlay(const char *const lowers[], size_t count, const char *upper, const char *work,
                         const char *target, int user_xattr) {
    int fs = (int)syscall(SYS_fsopen, "overlay", FSOPEN_CLOEXEC);
    if (fs < 0) return -1;
    int result = -1, tree = -1, saved;
    if (configure_overlay(fs, lowers, count, upper, work, user_xattr) == 0) {
        tree = (int)syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, 0);
        if (tree >= 0) result = (int)syscall(SYS_move_mount, tree, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH);
    }
    saved = errno;
    if (tree >= 0) close(tree);
    close(fs);
    errno = saved;
    return result;
}

ssize_t clinux_get_xattr(const char *path, const char *name, void *value, size_t size) {
    return lgetxattr(path, name, value, size);
}
ssize_t clinux_list_xattr(const char *path, char *names, size_t size) { return llistxattr(path, names, size); }
int clinux_set_xattr(const char *path, const char *name, const void *value, size_t size) {
    return lsetxattr(path, name, value, size, 0);
}

off_t clinux_seek_data(int fd, off_t offset) { return lseek(fd, offset, SEEK_DATA); }
off_t clinux_seek_hole(int fd, off_t offset) { return lseek(fd, offset, SEEK_HOLE); }
ssize_t clinux_copy_range(int source, off_t *from, int target, off_t *to, size_t count) {
    return copy_file_range(source, from, target, to, count, 0);
}

dev_t clinux_makedev(unsigned int major_number, unsigned int minor_number) {
    return makedev(major_number, minor_number);
}
unsigned int clinux_major(dev_t device) { return major(device); }
unsigned int clinux_minor(dev_t device) { return minor(device); }

int clinux_receive_descriptor(int socket) {
    char byte[128];
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec vector = {.iov_base = byte, .iov_len = sizeof byte};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t count;
    do count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    if (count < 0) return -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
        errno = EPROTO;
        return -1;
    }
    int fd;
    memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return fd;
}

static int unix_socket(const char *path, int type, struct sockaddr_un *address) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address->sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address->sun_path, path);
    return socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
}

static int close_keeping_errno(int fd) {
    int saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

int clinux_listen_unix(const char *path) {
    struct sockaddr_un address;
    int fd = unix_socket(path, SOCK_STREAM, &address);
    if (fd < 0) return -1;
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 1)) return close_keeping_errno(fd);
    return fd;
}

int clinux_connect_seqpacket(const char *path) {
    struct sockaddr_un address;
    int fd = unix_socket(path, SOCK_SEQPACKET, &address);
    if (fd < 0) return -1;
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) return close_keeping_errno(fd);
    return fd;
}

size_t clinux_termios_size(void) { return sizeof(struct termios); }

int clinux_terminal_make_raw(int fd, void *saved) {
    struct termios attributes;
    if (tcgetattr(fd, &attributes)) return -1;
    memcpy(saved, &attributes, sizeof attributes);
    cfmakeraw(&attributes);
    return tcsetattr(fd, TCSANOW, &attributes);
}

int clinux_terminal_restore(int fd, const void *saved) {
    struct termios attributes;
    memcpy(&attributes, saved, sizeof attributes);
    return tcsetattr(fd, TCSANOW, &attributes);
}

int clinux_terminal_get_size(int fd, unsigned short *rows, unsigned short *columns) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size)) return -1;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 0;
}

int clinux_terminal_set_size(int fd, unsigned short rows, unsigned short columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(fd, TIOCSWINSZ, &size);
}

// A signal handler can only reach globals. The pipe serves every thread, which a signalfd does not: that one needs the
// signals blocked in all threads, and those of the network library are started without.
static int signal_pipe[2] = {-1, -1};
static struct sigaction saved_actions[NSIG];
static unsigned char signal_is_caught[NSIG];

static void write_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(signal_pipe[1], &byte, 1);
    (void)ignored;
    errno = saved;
}

int clinux_signal_pipe_open(const int *signals, size_t count) {
    if (signal_pipe[0] >= 0) {
        errno = EBUSY;
        return -1;
    }
    if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK)) return -1;
    struct sigaction action = {.sa_handler = write_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < count; i++)
        if (signals[i] > 0 && signals[i] < NSIG && sigaction(signals[i], &action, &saved_actions[signals[i]]) == 0)
            signal_is_caught[signals[i]] = 1;
    return signal_pipe[0];
}

void clinux_signal_pipe_close(void) {
    for (int number = 1; number < NSIG; number++)
        if (signal_is_caught[number]) {
            sigaction(number, &saved_actions[number], NULL);
            signal_is_caught[number] = 0;
        }
    close(signal_pipe[0]);
    close(signal_pipe[1]);
    signal_pipe[0] = signal_pipe[1] = -1;
}

int clinux_watch_directory(const char *directory) {
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd < 0) return -1;
    if (inotify_add_watch(fd, directory, IN_CREATE | IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE | IN_DELETE_SELF) < 0)
        return close_keeping_errno(fd);
    return fd;
}
