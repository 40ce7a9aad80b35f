// SPDX-License-Identifier: Apache-2.0
// Tries one way out of a sandbox that a shell has no words for.
//
//   escape WAY [ARGUMENT...]    exit code 0: it worked
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/if_packet.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/vm_sockets.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

static const char* argument;  // The first, or "".

static int number(void) { return atoi(argument); }

static int connect_unix(const char* path, int is_abstract) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path + is_abstract, path,
          sizeof(address.sun_path) - 1 - is_abstract);
  socklen_t size = offsetof(struct sockaddr_un, sun_path) + is_abstract +
                   strlen(path) + !is_abstract;
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  return connect(fd, (struct sockaddr*)&address, size) == 0 ? fd : -1;
}

static int abstract_socket(void) { return connect_unix(argument, 1) >= 0; }
static int path_socket(void) { return connect_unix(argument, 0) >= 0; }

// The one at the other end sends an open file; what is in it matters.
static int passed_fd(void) {
  int fd = connect_unix(argument, 1);
  char byte, control[CMSG_SPACE(sizeof(int))];
  struct iovec bytes = {&byte, 1};
  struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1,
                           .msg_control = control,
                           .msg_controllen = sizeof(control)};
  if (fd < 0 || recvmsg(fd, &message, 0) != 1) return 0;
  struct cmsghdr* header = CMSG_FIRSTHDR(&message);
  int passed;
  if (header == NULL) return 0;
  memcpy(&passed, CMSG_DATA(header), sizeof(passed));
  return pread(passed, &byte, 1, 0) == 1;
}

static struct sockaddr_in local(void) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons(number())};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static int tcp(void) {
  struct sockaddr_in address = local();
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  return connect(fd, (struct sockaddr*)&address, sizeof(address)) == 0;
}

static int udp(void) {
  struct sockaddr_in address = local();
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  return sendto(fd, "x", 1, 0, (struct sockaddr*)&address, sizeof(address)) ==
         1;
}

// A machine outside of this virtual one.
static int vsock(void) { return socket(AF_VSOCK, SOCK_STREAM, 0) >= 0; }
static int packet(void) { return socket(AF_PACKET, SOCK_RAW, 0) >= 0; }
static int alg(void) { return socket(AF_ALG, SOCK_SEQPACKET, 0) >= 0; }

static int trace(void) {
  if (ptrace(PTRACE_SEIZE, number(), 0, 0) != 0) return 0;
  return 1;  // Let go by our end.
}

static int read_memory(void) {
  char byte;
  // Not mapped, mostly: that this is found out is enough.
  struct iovec mine = {&byte, 1}, theirs = {(void*)0x1000, 1};
  return process_vm_readv(number(), &mine, 1, &theirs, 1, 0) == 1 ||
         errno == EFAULT;
}

static int proc_memory(void) {
  char path[64];
  snprintf(path, sizeof(path), "/proc/%d/mem", number());
  return open(path, O_RDWR) >= 0;
}

static int take_fd(void) {
  int process = syscall(SYS_pidfd_open, number(), 0);
  return process >= 0 && syscall(SYS_pidfd_getfd, process, 0, 0) >= 0;
}

static int send_signal(void) { return kill(number(), SIGWINCH) == 0; }

static int truncate_file(void) { return truncate(argument, 0) == 0; }
static int open_truncating(void) {
  return open(argument, O_RDONLY | O_TRUNC) >= 0;
}

static int device(void) {
  return mknod(argument, S_IFCHR | 0666, makedev(1, 5)) == 0 &&
         open(argument, O_RDONLY) >= 0;
}

static int by_handle(void) {
  struct {
    struct file_handle handle;
    unsigned char bytes[128];
  } file = {.handle.handle_bytes = 128};
  int mount;
  if (name_to_handle_at(AT_FDCWD, ".", &file.handle, &mount, 0) != 0) return 0;
  int fd = open(".", O_RDONLY | O_DIRECTORY);
  return open_by_handle_at(fd, &file.handle, O_RDONLY) >= 0;
}

static int user_namespace(void) { return unshare(CLONE_NEWUSER) == 0; }

static int cloned_namespace(void) {
  long child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  return child > 0;
}

static int join_namespace(void) {
  char path[64];
  snprintf(path, sizeof(path), "/proc/%d/ns/uts", number());
  return setns(open(path, O_RDONLY), CLONE_NEWUTS) == 0;
}

static int mount_memory(void) {
  if (mount("none", argument, "tmpfs", 0, NULL) != 0) return 0;
  umount2(argument, MNT_DETACH);
  return 1;
}

static int clone_mount(void) {
  return syscall(SYS_open_tree, AT_FDCWD, "/", 1 /* OPEN_TREE_CLONE */) >= 0;
}

static int unmount(void) { return umount2("/proc", MNT_DETACH) == 0; }

// Out of a root by a second one.
static int change_root(void) {
  return mkdir("escape-root", 0755) == 0 && chroot("escape-root") == 0;
}

static int change_host_name(void) {
  char name[256];
  return gethostname(name, sizeof(name)) == 0 &&
         sethostname(name, strlen(name)) == 0;
}

static int change_time(void) {
  struct timex nothing = {.modes = ADJ_TICK, .tick = 10000};
  return adjtimex(&nothing) >= 0;
}

static int bpf(void) {
  char attributes[128] = {1 /* a hash map */, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0,
                          1};
  return syscall(SYS_bpf, 0, attributes, sizeof(attributes)) >= 0;
}

static int perf(void) {
  struct perf_event_attr event = {.type = PERF_TYPE_SOFTWARE,
                                  .size = sizeof(event),
                                  .config = PERF_COUNT_SW_TASK_CLOCK,
                                  .exclude_kernel = 1};
  return syscall(SYS_perf_event_open, &event, 0, -1, -1, 0) >= 0;
}

static int io_ring(void) {
  struct io_uring_params parameters = {0};
  return syscall(SYS_io_uring_setup, 1, &parameters) >= 0;
}

static int page_faults(void) {
  return syscall(SYS_userfaultfd, O_CLOEXEC | 1) >= 0;
}

static int kernel_log(void) { return syscall(SYS_syslog, 10, NULL, 0) >= 0; }

// Calls of another machine, which a filter may have forgotten.
static int old_calls(void) {
#if defined(__x86_64__)
  pid_t child = fork();
  if (child == 0) {
    long result = 20;  // getpid
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
    _exit(result > 0 ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  return status == 0;
#else
  return 0;
#endif
}

static int x32_calls(void) {
#if defined(__x86_64__)
  pid_t child = fork();
  if (child == 0) _exit(syscall(0x40000000 | SYS_getpid) > 0 ? 0 : 1);
  int status = 1;
  waitpid(child, &status, 0);
  return status == 0;
#else
  return 0;
#endif
}

static int own_root(void) { return setuid(0) == 0 && geteuid() == 0; }

static int new_privileges(void) {
  return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0;
}

static int has_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct sets[2] = {0};
  syscall(SYS_capget, &header, sets);
  return (sets[0].permitted | sets[1].permitted | sets[0].inheritable |
          sets[1].inheritable) != 0;
}

static int open_files(void) {
  for (int fd = 3; fd < 1024; ++fd) {
    // What our own shell opened for itself is not meant.
    if (fd != 255 && fcntl(fd, F_GETFD) >= 0) return 1;
  }
  return 0;
}

// A process called by `argument` that has left its session and its parent.
static int become_daemon(void) {
  pid_t child = fork();
  if (child == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    for (int fd = 0; fd < 3; ++fd) dup2(open("/dev/null", O_RDWR), fd);
    signal(SIGHUP, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    execl("/usr/bin/sleep", argument, "1000", NULL);
    _exit(1);
  }
  waitpid(child, NULL, 0);
  usleep(50000);
  return 1;
}

// The rest leaves something behind (`plant`), for the next action to find.
static int plant_memory(void) {
  return shmget(number(), 4096, IPC_CREAT | 0600) >= 0;
}
static int find_memory(void) {
  int found = shmget(number(), 0, 0);
  if (found < 0) return 0;
  shmctl(found, IPC_RMID, NULL);
  return 1;
}
static int plant_queue(void) {
  return mq_open(argument, O_CREAT | O_RDWR, 0600, NULL) >= 0;
}
static int find_queue(void) {
  return mq_open(argument, O_RDWR) >= 0 && mq_unlink(argument) == 0;
}
static int plant_key(void) {
  return syscall(SYS_add_key, "user", argument, "x", 1,
                 KEY_SPEC_USER_KEYRING) >= 0;
}
static int find_key(void) {
  long key = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user",
                     argument, 0);
  if (key < 0) return 0;
  syscall(SYS_keyctl, KEYCTL_UNLINK, key, KEY_SPEC_USER_KEYRING);
  return 1;
}
static int plant_attribute(void) {
  return setxattr(argument, "user.escape", "x", 1, 0) == 0;
}
static int find_attribute(void) {
  char byte;
  return getxattr(argument, "user.escape", &byte, 1) == 1;
}

static const struct {
  const char* name;
  int (*attempt)(void);
} ways[] = {
    {"abstract-socket", abstract_socket},
    {"alg", alg},
    {"bpf", bpf},
    {"by-handle", by_handle},
    {"capabilities", has_capabilities},
    {"change-host-name", change_host_name},
    {"change-root", change_root},
    {"change-time", change_time},
    {"clone-mount", clone_mount},
    {"cloned-namespace", cloned_namespace},
    {"daemon", become_daemon},
    {"device", device},
    {"find-attribute", find_attribute},
    {"find-key", find_key},
    {"find-memory", find_memory},
    {"find-queue", find_queue},
    {"io-ring", io_ring},
    {"join-namespace", join_namespace},
    {"kernel-log", kernel_log},
    {"mount-memory", mount_memory},
    {"new-privileges", new_privileges},
    {"old-calls", old_calls},
    {"open-files", open_files},
    {"open-truncating", open_truncating},
    {"own-root", own_root},
    {"packet", packet},
    {"page-faults", page_faults},
    {"passed-fd", passed_fd},
    {"path-socket", path_socket},
    {"perf", perf},
    {"plant-attribute", plant_attribute},
    {"plant-key", plant_key},
    {"plant-memory", plant_memory},
    {"plant-queue", plant_queue},
    {"proc-memory", proc_memory},
    {"read-memory", read_memory},
    {"signal", send_signal},
    {"take-fd", take_fd},
    {"tcp", tcp},
    {"trace", trace},
    {"truncate", truncate_file},
    {"udp", udp},
    {"unmount", unmount},
    {"user-namespace", user_namespace},
    {"vsock", vsock},
    {"x32-calls", x32_calls},
};

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  argument = argc > 2 ? argv[2] : "";
  for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); ++i) {
    if (strcmp(argv[1], ways[i].name) != 0) continue;
    errno = 0;
    if (ways[i].attempt()) return 0;
    fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
    return 1;
  }
  fprintf(stderr, "no way `%s`\n", argv[1]);
  return 2;
}
