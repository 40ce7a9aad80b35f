// SPDX-License-Identifier: Apache-2.0
// The system call filter of the sandbox, as a small program for the kernel:
//
//   another machine's system calls (32 bit programs)      → killed
//   names in kRefused                                      → their errno
//   clone with a flag that makes a namespace               → EPERM
//   socket of a kind that no namespace keeps apart (or any
//   at all, where there is no namespace)                   → EAFNOSUPPORT
//   for root: giving files to others, becoming others      → done, it says
//   mknod of a device                                      → done, it says
//   all else                                               → allowed
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/exec/sandbox.h"

namespace graph {
namespace {

#if defined(__x86_64__)
constexpr uint32_t kMachine = AUDIT_ARCH_X86_64;
// Calls of the x32 flavour have this bit; they are not in the table below.
constexpr uint32_t kForeignCalls = 0x40000000;
#elif defined(__aarch64__)
constexpr uint32_t kMachine = AUDIT_ARCH_AARCH64;
constexpr uint32_t kForeignCalls = 0x80000000;
#else
#error "the sandbox does not know this machine"
#endif

struct Refusal {
  long call;
  int error;
};

// ENOSYS and EOPNOTSUPP let programs take another way.
constexpr Refusal kRefused[] = {
    // Outlives the action that made it.
    {SYS_shmget, ENOSYS},
    {SYS_shmat, ENOSYS},
    {SYS_shmctl, ENOSYS},
    {SYS_shmdt, ENOSYS},
    {SYS_semget, ENOSYS},
    {SYS_semop, ENOSYS},
    {SYS_semtimedop, ENOSYS},
    {SYS_semctl, ENOSYS},
    {SYS_msgget, ENOSYS},
    {SYS_msgsnd, ENOSYS},
    {SYS_msgrcv, ENOSYS},
    {SYS_msgctl, ENOSYS},
    {SYS_mq_open, ENOSYS},
    {SYS_mq_unlink, ENOSYS},
    {SYS_add_key, EPERM},
    {SYS_request_key, EPERM},
    {SYS_keyctl, EPERM},
    // Is not part of an output, and would stay on folders that are kept.
    {SYS_setxattr, EOPNOTSUPP},
    {SYS_lsetxattr, EOPNOTSUPP},
    {SYS_fsetxattr, EOPNOTSUPP},
    // Opens new doors.
    {SYS_unshare, EPERM},
    {SYS_setns, EPERM},
    {SYS_clone3, ENOSYS},  // Its flags are out of the filter's sight.
    {SYS_mount, EPERM},
    {SYS_umount2, EPERM},
    {SYS_pivot_root, EPERM},
    {SYS_chroot, EPERM},
    {SYS_open_tree, EPERM},
    {SYS_move_mount, EPERM},
    {SYS_fsopen, EPERM},
    {SYS_fsconfig, EPERM},
    {SYS_fsmount, EPERM},
    {SYS_fspick, EPERM},
    {SYS_mount_setattr, EPERM},
    {SYS_open_by_handle_at, EPERM},
    {SYS_syslog, EPERM},
    {SYS_bpf, EPERM},
    {SYS_perf_event_open, EPERM},
    {SYS_userfaultfd, EPERM},
    {SYS_io_uring_setup, ENOSYS},
    {SYS_io_uring_enter, ENOSYS},
    {SYS_io_uring_register, ENOSYS},
};

// In a root filesystem of its own, everything belongs to one user, and layers
// say so: these are not done, and succeed. Packages that are installed expect
// no less.
constexpr long kPretended[] = {
#if defined(__x86_64__)
    SYS_chown,    SYS_lchown,
#endif
    SYS_fchown,   SYS_fchownat,  SYS_setuid,    SYS_setgid,    SYS_setreuid,
    SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setgroups,
};

// Calls that make devices, and which argument says so.
struct NodeMaker {
  long call;
  uint32_t argument;
};
constexpr NodeMaker kNodeMakers[] = {
#if defined(__x86_64__)
    {SYS_mknod, 1},
#endif
    {SYS_mknodat, 2},
};

constexpr uint32_t kNamespaceFlags =
    CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC |
    CLONE_NEWUTS | CLONE_NEWCGROUP;

// Not those for which the host answers in person: between virtual machines,
// Bluetooth, the cryptography of the kernel and so on.
constexpr uint32_t kNamespacedSockets[] = {AF_UNIX, AF_INET, AF_INET6,
                                           AF_NETLINK};

sock_filter Load(size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<uint32_t>(offset));
}

sock_filter Answer(uint32_t answer) {
  return BPF_STMT(BPF_RET | BPF_K, answer);
}

// If the loaded word passes `test` against `word`, goes on with the next
// instruction, else skips it.
sock_filter If(uint16_t test, uint32_t word) {
  return BPF_JUMP(static_cast<uint16_t>(BPF_JMP | test | BPF_K), word, 0, 1);
}

// Loads the low word of an argument: both machines are little endian.
sock_filter LoadArgument(uint32_t number) {
  return Load(offsetof(seccomp_data, args) +
              number * sizeof(seccomp_data::args[0]));
}

void AddPretences(std::vector<sock_filter>& program) {
  constexpr uint32_t kDone = SECCOMP_RET_ERRNO;
  for (long call : kPretended) {
    program.push_back(If(BPF_JEQ, static_cast<uint32_t>(call)));
    program.push_back(Answer(kDone));
  }
  for (const NodeMaker& maker : kNodeMakers) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                               static_cast<uint32_t>(maker.call), 0, 7));
    program.push_back(LoadArgument(maker.argument));
    program.push_back(BPF_STMT(BPF_ALU | BPF_AND | BPF_K, S_IFMT));
    program.push_back(If(BPF_JEQ, S_IFCHR));
    program.push_back(Answer(kDone));
    program.push_back(If(BPF_JEQ, S_IFBLK));
    program.push_back(Answer(kDone));
    program.push_back(Load(offsetof(seccomp_data, nr)));
  }
}

std::vector<sock_filter> Program(SocketRule sockets, Insider who) {
  std::vector<sock_filter> program = {
      Load(offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0),
      Answer(SECCOMP_RET_KILL_PROCESS),
      Load(offsetof(seccomp_data, nr)),
      If(BPF_JGE, kForeignCalls),
      Answer(SECCOMP_RET_KILL_PROCESS),
  };
  for (const Refusal& refusal : kRefused) {
    program.push_back(If(BPF_JEQ, static_cast<uint32_t>(refusal.call)));
    program.push_back(
        Answer(SECCOMP_RET_ERRNO | static_cast<uint32_t>(refusal.error)));
  }
  if (who == Insider::kRoot) AddPretences(program);
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3));
  program.push_back(LoadArgument(0));
  program.push_back(If(BPF_JSET, kNamespaceFlags));
  program.push_back(Answer(SECCOMP_RET_ERRNO | EPERM));
  // The call is loaded anew: what was loaded last may be an argument.
  program.push_back(Load(offsetof(seccomp_data, nr)));
  const uint8_t count =
      sockets == SocketRule::kNone ? 0 : std::size(kNamespacedSockets);
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0,
                             static_cast<uint8_t>(2 + 2 * count)));
  program.push_back(LoadArgument(0));
  for (uint8_t i = 0; i < count; ++i) {
    program.push_back(If(BPF_JEQ, kNamespacedSockets[i]));
    program.push_back(Answer(SECCOMP_RET_ALLOW));
  }
  program.push_back(Answer(SECCOMP_RET_ERRNO | EAFNOSUPPORT));
  program.push_back(Answer(SECCOMP_RET_ALLOW));
  return program;
}

}  // namespace

absl::Status InstallSystemCallFilter(SocketRule sockets, Insider who) {
  std::vector<sock_filter> instructions = Program(sockets, who);
  const sock_fprog program{static_cast<unsigned short>(instructions.size()),
                           instructions.data()};
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
              SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("this machine does not let us filter system calls for a "
                     "sandbox: ",
                     strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace graph
