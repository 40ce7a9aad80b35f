// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/local_runner.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/action/requirements.h"
#include "engine/base/cancellation.h"
#include "engine/base/mutex.h"
#include "engine/exec/control_group.h"
#include "engine/exec/failure_text.h"
#include "engine/exec/isolation.h"
#include "engine/exec/root_changes.h"
#include "engine/exec/root_store.h"
#include "engine/exec/runner_limits.h"
#include "engine/exec/sandbox_enter.h"
#include "engine/exec/sandbox_root.h"
#include "engine/exec/tree_store.h"
#include "engine/exec/zygote_client.h"
#include "engine/exec/zygote_tracer.h"
#include "engine/os/clock.h"
#include "engine/os/environment.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// Removes the folders of engines that are no more. Each holds the lock in its
// own folder while it lives.
void RemoveAbandoned(const std::string& slots, const std::string& own) {
  absl::StatusOr<std::vector<DirectoryEntry>> engines = ListDirectory(slots);
  if (!engines.ok()) return;
  for (const DirectoryEntry& engine : *engines) {
    const std::string path = absl::StrCat(slots, "/", engine.name);
    if (engine.type != FileType::kDirectory || path == own) continue;
    absl::StatusOr<std::optional<FileLock>> lock = FileLock::TryAcquire(
        absl::StrCat(path, "/lock"), FileLock::Mode::kExclusive);
    if (lock.ok() && lock->has_value()) RemoveTree(path).IgnoreError();
  }
}

// A command that could not even start, in the words and codes of a shell.
int ExitCodeOfStart(int error) {
  return error == ENOENT || error == ENOTDIR ? 127 : 126;
}

int ExitCodeOf(const ZygoteReply& reply) {
  if (reply.start_errno != 0) return ExitCodeOfStart(reply.start_errno);
  // As wait(2) lays it out on Linux: the signal below, the code above it.
  const int signal = reply.wait_status & 0x7f;
  return signal != 0 ? 128 + signal : (reply.wait_status >> 8) & 0xff;
}

using Environment = std::vector<std::pair<std::string, std::string>>;

constexpr int kKilled = 128 + 9;

// Of a slot, at a time; starting one costs about a millisecond.
constexpr size_t kMostZygotes = 4;

// Trees of a slot that were shown and are not wanted now. To end the zygotes is
// the cheapest way to undo many mounts.
constexpr size_t kMostPutAside = 16;

}  // namespace

struct LocalRunner::State {
  // What a command sees as `/`.
  struct Place {
    std::string root;
    bool changes = false;  // A root filesystem, which the command may change.
  };

  struct Zygote {
    std::string root;  // What it shows as `/`.
    // A network on which somebody has spoken, and a root filesystem that
    // somebody changed, remember: it serves one command.
    bool used_up = false;
    std::unique_ptr<ZygoteClient> client;
    absl::flat_hash_set<uint64_t> shown;  // As SandboxRoot::ShownTree::id.
  };

  // Some zygotes, the folder that they show, and what is in it.
  struct Slot {
    Slot(std::string folder, Isolation isolation, BlobStore& blobs,
         TreeStore& trees)
        : path(std::move(folder)),
          root(absl::StrCat(path, "/root"), absl::StrCat(path, "/spare"),
               isolation == Isolation::kStrict ? SandboxRoot::Walls::kMounts
                                               : SandboxRoot::Walls::kNone,
               blobs, isolation == Isolation::kStrict ? &trees : nullptr) {}

    std::string scratch() const { return absl::StrCat(path, "/tmp"); }
    // What a command changes in a root filesystem of its own.
    std::string changes() const { return absl::StrCat(path, "/changes"); }

    const std::string path;
    SandboxRoot root;  // Only of the thread that runs the slot; so the group.
    std::unique_ptr<ControlGroup> group;  // If it was needed.
    // One for each toolchain, the one last used at the end: commands with
    // different toolchains take turns. Changed only by the thread that runs the
    // slot, and with `mu` held.
    std::vector<Zygote> zygotes;
  };

  State(LocalRunnerOptions wanted, BlobStore& blobs)
      : options(std::move(wanted)),
        store(blobs),
        roots(options.cache_dir, blobs),
        trees(options.cache_dir, blobs) {}

  const LocalRunnerOptions options;
  BlobStore& store;
  RootStore roots;
  TreeStore trees;
  Cancellation cancellation;  // Of what runs in this process.
  Mutex mu;
  // `<cache>/slots/<unique>`, ours alone; made when it is first needed, because
  // most builds find everything in the cache.
  std::string folder ABSL_GUARDED_BY(mu);
  std::optional<FileLock> lock ABSL_GUARDED_BY(mu);
  bool no_groups ABSL_GUARDED_BY(mu) = false;  // It was tried.
  std::vector<std::unique_ptr<Slot>> slots ABSL_GUARDED_BY(mu);

  absl::Status MakeFolder() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  absl::Status MakeSlot(int number) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  // What becomes `/`, for `spawn`.
  absl::StatusOr<Place> PlaceFor(const Spawn& spawn);
  absl::StatusOr<std::string> ToolchainRoot(const Spawn& spawn);
  absl::StatusOr<std::string> RootFilesystem(const Spawn& spawn);
  absl::StatusOr<Slot*> Ready(int number, const Spawn& spawn,
                              const Place& place, const Limits& limits);
  absl::Status ReadyZygote(const Spawn& spawn, const Place& place, Slot& slot);
  static absl::Status MakeChangesFolder(const Slot& slot);
  absl::StatusOr<SpawnResult> RunReady(const Spawn& spawn, const Place& place,
                                       const Limits& limits, Slot& slot);
  absl::Status TakeLayer(const Spawn& spawn, const std::string& root,
                         Slot& slot, SpawnResult* result);
  absl::Status LimitGroup(int number, const Limits& limits, Slot& slot);
  Limits LimitsOf(const Spawn& spawn) const;
  void Retire(Slot& slot);
  absl::Status ShowTrees(Slot& slot);
  Environment EnvironmentIn(const Slot& slot, const Spawn& spawn) const;
  // If the command failed, moves its folder to where it stays and says where.
  absl::StatusOr<bool> KeepIfFailed(const Spawn& spawn, const Place& place,
                                    Slot& slot, SpawnResult* result);
  absl::Status Finish(const Spawn& spawn, const Place& place,
                      const Limits& limits, Slot& slot,
                      ZygoteClient::Outcome outcome, SpawnResult* result);
};

absl::Status LocalRunner::State::MakeFolder() {
  const std::string all = absl::StrCat(options.cache_dir, "/slots");
  RETURN_IF_ERROR(MakeDirectories(all));
  // Nobody takes our folder for abandoned before we hold its lock.
  ASSIGN_OR_RETURN(FileLock making,
                   FileLock::Acquire(absl::StrCat(all, "/lock"),
                                     FileLock::Mode::kExclusive));
  ASSIGN_OR_RETURN(folder,
                   MakeTemporaryDirectory(all, absl::StrCat(ProcessId(), "-")));
  ASSIGN_OR_RETURN(lock, FileLock::Acquire(absl::StrCat(folder, "/lock"),
                                           FileLock::Mode::kExclusive));
  RemoveAbandoned(all, folder);
  return absl::OkStatus();
}

absl::Status LocalRunner::State::MakeSlot(int number) {
  if (folder.empty()) {
    RETURN_IF_ERROR(MakeFolder());
  }
  auto slot = std::make_unique<Slot>(absl::StrCat(folder, "/", number),
                                     options.isolation, store, trees);
  RETURN_IF_ERROR(MakeDirectories(absl::StrCat(slot->path, "/root/graph-out")));
  RETURN_IF_ERROR(MakeDirectory(absl::StrCat(slot->path, "/spare")));
  RETURN_IF_ERROR(MakeDirectory(slot->scratch()));
  RETURN_IF_ERROR(MakeDirectories(trees.root()));
  slots[number] = std::move(slot);
  return absl::OkStatus();
}

// Makes the slot's control group at the first limit. Without one, limits are
// those of each process.
absl::Status LocalRunner::State::LimitGroup(int number, const Limits& limits,
                                            Slot& slot) {
  if (slot.group == nullptr) {
    if (limits.memory == 0 && limits.processes == 0) return absl::OkStatus();
    MutexLock held(&mu);
    if (no_groups) return absl::OkStatus();
    auto group = ControlGroup::Make(absl::StrCat(ProcessId(), "-", number), {});
    if (!group.ok()) {
      no_groups = true;
      return absl::OkStatus();
    }
    slot.zygotes.clear();  // The next ones join.
    slot.group = *std::move(group);
  }
  return slot.group->Limit(limits.memory, limits.processes);
}

absl::StatusOr<LocalRunner::State::Place> LocalRunner::State::PlaceFor(
    const Spawn& spawn) {
  Place place;
  place.changes = !spawn.root.empty();
  ASSIGN_OR_RETURN(
      place.root, place.changes ? RootFilesystem(spawn) : ToolchainRoot(spawn));
  return place;
}

absl::StatusOr<std::string> LocalRunner::State::RootFilesystem(
    const Spawn& spawn) {
  if (options.isolation != Isolation::kStrict) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the command runs in a root filesystem of its own, which isolation `",
        IsolationName(options.isolation),
        "` cannot give it; see `graph info isolation` for what `strict` "
        "needs"));
  }
  std::vector<SpawnInput> layers;
  for (const std::string& path : spawn.root) {
    auto input = std::find_if(
        spawn.inputs.begin(), spawn.inputs.end(),
        [&](const SpawnInput& candidate) { return candidate.path == path; });
    if (input == spawn.inputs.end()) {
      return absl::InternalError(
          absl::StrCat(path, " is a layer and no input"));
    }
    layers.push_back(*input);
  }
  return roots.FolderOf(layers, cancellation);
}

// Without walls, nothing is shown.
absl::StatusOr<std::string> LocalRunner::State::ToolchainRoot(
    const Spawn& spawn) {
  if (spawn.packages.empty() || options.isolation == Isolation::kNone) {
    return options.toolchain.root;
  }
  if (options.toolchains == nullptr) {
    return absl::FailedPreconditionError("there are no other toolchains here");
  }
  ASSIGN_OR_RETURN(const Toolchain* toolchain,
                   options.toolchains->Find(spawn.packages));
  return toolchain->root;
}

// The slot, with a zygote for this command as its last one.
absl::StatusOr<LocalRunner::State::Slot*> LocalRunner::State::Ready(
    int number, const Spawn& spawn, const Place& place, const Limits& limits) {
  Slot* slot = nullptr;
  {
    MutexLock held(&mu);
    if (cancellation.cancelled()) return absl::CancelledError("interrupted");
    if (number < 0 || number >= static_cast<int>(slots.size())) {
      return absl::InternalError(absl::StrCat("there is no slot ", number));
    }
    if (slots[number] == nullptr) {
      RETURN_IF_ERROR(MakeSlot(number));
    }
    slot = slots[number].get();
  }
  if (slot->root.put_aside() > kMostPutAside) {
    Retire(*slot);
    RETURN_IF_ERROR(slot->root.DropPutAside());
  }
  RETURN_IF_ERROR(LimitGroup(number, limits, *slot));
  RETURN_IF_ERROR(ReadyZygote(spawn, place, *slot));
  return slot;
}

absl::Status LocalRunner::State::ReadyZygote(const Spawn& spawn,
                                             const Place& place, Slot& slot) {
  const bool fresh = spawn.loopback || place.changes;
  if (fresh || (!slot.zygotes.empty() && slot.zygotes.back().used_up)) {
    Retire(slot);
  }
  if (!slot.zygotes.empty() && slot.zygotes.back().root == place.root) {
    return absl::OkStatus();
  }
  std::vector<Zygote> ended;  // Without the lock: it takes a moment.
  {
    MutexLock held(&mu);
    auto known = std::find_if(
        slot.zygotes.begin(), slot.zygotes.end(),
        [&](const Zygote& zygote) { return zygote.root == place.root; });
    if (known != slot.zygotes.end()) {
      std::rotate(known, known + 1, slot.zygotes.end());
      return absl::OkStatus();
    }
    if (slot.zygotes.size() == kMostZygotes) {
      ended.push_back(std::move(slot.zygotes.front()));
      slot.zygotes.erase(slot.zygotes.begin());
    }
  }
  ended.clear();
  if (place.changes) {
    RETURN_IF_ERROR(MakeChangesFolder(slot));
  }
  ASSIGN_OR_RETURN(
      std::unique_ptr<ZygoteClient> client,
      ZygoteClient::Start(
          {.level = options.isolation,
           .toolchain_root = place.root,
           .exec_root = absl::StrCat(slot.path, "/root"),
           .scratch = slot.scratch(),
           .loopback = spawn.loopback,
           .group = slot.group == nullptr ? "" : slot.group->folder(),
           .changes = place.changes ? slot.changes() : "",
           .trees =
               options.isolation == Isolation::kStrict ? trees.root() : ""}));
  MutexLock held(&mu);
  if (cancellation.cancelled()) client->Interrupt();
  slot.zygotes.push_back({place.root, fresh, std::move(client), {}});
  return absl::OkStatus();
}

absl::Status LocalRunner::State::MakeChangesFolder(const Slot& slot) {
  RETURN_IF_ERROR(RemoveTree(slot.changes()));
  // Like all that is in it, it may not be entered by others.
  RETURN_IF_ERROR(MakeDirectory(slot.changes(), 0700));
  RETURN_IF_ERROR(MakeDirectory(slot.changes() + "/upper"));
  return MakeDirectory(slot.changes() + "/work");
}

// Ends the slot's zygotes, and with them every process that they started.
void LocalRunner::State::Retire(Slot& slot) {
  std::vector<Zygote> zygotes;  // They end without the lock.
  {
    MutexLock held(&mu);
    zygotes.swap(slot.zygotes);
  }
}

// Mounts the trees of the slot's folder that its zygote has not yet.
absl::Status LocalRunner::State::ShowTrees(Slot& slot) {
  Zygote& zygote = slot.zygotes.back();
  for (const auto& [path, shown] : slot.root.shown()) {
    if (!zygote.shown.insert(shown.id).second) continue;
    const absl::Status done = zygote.client->Show(shown.tree->name(), path);
    if (done.ok()) continue;
    Retire(slot);
    return cancellation.cancelled() ? absl::CancelledError("interrupted")
                                    : done;
  }
  return absl::OkStatus();
}

// Without mounts of its own, a command has another folder for /tmp.
Environment LocalRunner::State::EnvironmentIn(const Slot& slot,
                                              const Spawn& spawn) const {
  Environment environment = spawn.env;
  if (options.isolation != Isolation::kBasic) return environment;
  for (auto& [name, value] : environment) {
    if (value == "/tmp") value = slot.scratch();
  }
  return environment;
}

absl::Status LocalRunner::State::Finish(const Spawn& spawn, const Place& place,
                                        const Limits& limits, Slot& slot,
                                        ZygoteClient::Outcome outcome,
                                        SpawnResult* result) {
  using End = ZygoteClient::Outcome::End;
  result->stdout_text = std::move(outcome.stdout_text);
  result->stderr_text = std::move(outcome.stderr_text);
  result->reads = std::move(outcome.reads);
  if (outcome.end == End::kReplied) {
    result->exit_code = ExitCodeOf(outcome.reply);
    result->wall_us = outcome.reply.wall_us;
    result->cpu_us = outcome.reply.cpu_us;
    result->max_rss_kb = outcome.reply.max_rss_kb;
  } else {
    Retire(slot);
    if (cancellation.cancelled()) return absl::CancelledError("interrupted");
    if (outcome.end == End::kGone) {
      return absl::UnavailableError("the sandbox ended before the command did");
    }
    result->exit_code = kKilled;
    result->timed_out = outcome.end == End::kTimedOut;
    if (outcome.end == End::kTooLoud) {
      Complain(absl::StrCat("the command was ended because it printed more "
                            "than ",
                            ZygoteClient::kMaxOutputBytes >> 20, " MiB"),
               &result->stderr_text);
    }
  }
  if (outcome.reply.start_errno != 0) {
    Complain(absl::StrCat("cannot run ", spawn.argv.front(), ": ",
                          strerror(outcome.reply.start_errno)),
             &result->stderr_text);
  }
  if (result->exit_code != 0) {
    TellLimits(limits, result->timed_out, slot.group.get(),
               &result->stderr_text);
  }
  if (options.keep_failed) {
    ASSIGN_OR_RETURN(const bool kept, KeepIfFailed(spawn, place, slot, result));
    if (kept) return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(SandboxRoot::Collected collected,
                   slot.root.Collect(spawn, result->exit_code == 0));
  for (const std::string& complaint : collected.complaints) {
    Complain(complaint, &result->stderr_text);
    if (result->exit_code == 0) result->exit_code = 1;
  }
  result->outputs = std::move(collected.outputs);
  return absl::OkStatus();
}

absl::StatusOr<bool> LocalRunner::State::KeepIfFailed(const Spawn& spawn,
                                                      const Place& place,
                                                      Slot& slot,
                                                      SpawnResult* result) {
  if (result->exit_code == 0) {
    for (const SpawnOutput& output : spawn.outputs) {
      if (Exists(absl::StrCat(slot.path, "/root/", output.path))) continue;
      result->exit_code = 1;
      Complain(
          absl::StrCat("the command did not make its output ", output.path),
          &result->stderr_text);
    }
    if (result->exit_code == 0) return false;
  }
  Retire(slot);
  RETURN_IF_ERROR(slot.root.LinkShown());
  ASSIGN_OR_RETURN(
      const std::string kept,
      KeepSandbox({.level = options.isolation,
                   .toolchain_root = place.root,
                   .changes_root = place.changes,
                   .loopback = spawn.loopback,
                   .argv = spawn.argv,
                   .env = spawn.env},
                  slot.path, absl::StrCat(options.cache_dir, "/sandboxes")));
  RETURN_IF_ERROR(MakeDirectories(absl::StrCat(slot.path, "/root/graph-out")));
  RETURN_IF_ERROR(MakeDirectory(slot.scratch()));
  ASSIGN_OR_RETURN(const std::string program, ProgramPath());
  Complain(absl::StrCat("the folder of the command is kept; to enter it:\n  ",
                        ShellQuoted(program), " ", kEnterArgument, " ",
                        ShellQuoted(kept)),
           &result->stderr_text);
  return true;
}

absl::StatusOr<std::unique_ptr<LocalRunner>> LocalRunner::Create(
    LocalRunnerOptions options, BlobStore& store) {
  RETURN_IF_ERROR(ProbeIsolation(options.isolation));
  if (options.trace_reads) {
    RETURN_IF_ERROR(ProbeReadTracing());
  }
  auto state = std::make_unique<State>(std::move(options), store);
  {
    MutexLock held(&state->mu);
    state->slots.resize(state->options.slots);
  }
  return std::unique_ptr<LocalRunner>(new LocalRunner(std::move(state)));
}

LocalRunner::LocalRunner(std::unique_ptr<State> state)
    : state_(std::move(state)) {}

LocalRunner::~LocalRunner() {
  MutexLock held(&state_->mu);
  state_->slots.clear();
  if (!state_->folder.empty()) RemoveTree(state_->folder).IgnoreError();
}

Isolation LocalRunner::isolation() const { return state_->options.isolation; }

absl::StatusOr<std::vector<std::pair<std::string, std::string>>>
LocalRunner::properties(const std::vector<std::string>& packages) {
  const LocalRunnerOptions& options = state_->options;
  std::string identity = options.toolchain.identity;
  if (options.isolation == Isolation::kNone) {
    identity = "host";
  } else if (!packages.empty() && options.toolchains != nullptr) {
    ASSIGN_OR_RETURN(const Toolchain* toolchain,
                     options.toolchains->Find(packages));
    identity = toolchain->identity;
  }
  return std::vector<std::pair<std::string, std::string>>{
      {"toolchain", std::move(identity)}};
}

Limits LocalRunner::State::LimitsOf(const Spawn& spawn) const {
  auto first = [](auto declared, auto otherwise) {
    return declared > 0 ? declared : otherwise;
  };
  return {.timeout_s = first(spawn.timeout_s, options.timeout_s),
          .memory = first(spawn.memory_limit, options.memory_limit),
          .processes = first(spawn.process_limit, options.process_limit)};
}

absl::StatusOr<SpawnResult> LocalRunner::Run(const Spawn& spawn, int slot) {
  if (spawn.argv.empty()) {
    return absl::InvalidArgumentError("a command without words");
  }
  const int64_t begin = MonotonicMicros();
  const Limits limits = state_->LimitsOf(spawn);
  if (spawn.loopback && isolation() == Isolation::kBasic) {
    return absl::FailedPreconditionError(
        "the command requires a loopback network, which isolation `basic` "
        "cannot give without giving the whole network; see `graph info "
        "isolation` for what `strict` needs");
  }
  ASSIGN_OR_RETURN(const State::Place place, state_->PlaceFor(spawn));
  ASSIGN_OR_RETURN(State::Slot * ready,
                   state_->Ready(slot, spawn, place, limits));
  absl::StatusOr<SpawnResult> result;
  if (!place.changes) {
    result = state_->RunReady(spawn, place, limits, *ready);
  } else {
    Spawn walled = spawn;
    // That one the command does not write.
    std::erase_if(walled.outputs, [&](const SpawnOutput& output) {
      return output.path == spawn.layer;
    });
    result = state_->RunReady(walled, place, limits, *ready);
    if (result.ok()) {
      RETURN_IF_ERROR(state_->TakeLayer(spawn, place.root, *ready, &*result));
    }
  }
  RETURN_IF_ERROR(result.status());
  if (result->wall_us == 0) result->wall_us = MonotonicMicros() - begin;
  return result;
}

absl::StatusOr<SpawnResult> LocalRunner::State::RunReady(const Spawn& spawn,
                                                         const Place& place,
                                                         const Limits& limits,
                                                         Slot& slot) {
  RETURN_IF_ERROR(slot.root.Prepare(spawn));
  RETURN_IF_ERROR(ShowTrees(slot));
  SpawnResult result;
  result.timeout_s = limits.timeout_s;
  Environment moved;
  if (options.isolation == Isolation::kBasic) {
    moved = EnvironmentIn(slot, spawn);
  }
  // What a group does not limit, each process has for itself. How many a user
  // may have is counted by namespace.
  const ControlGroup* group = slot.group.get();
  const bool memory_each = group == nullptr || !group->limits_memory();
  const bool processes_each =
      group == nullptr && options.isolation == Isolation::kStrict;
  RETURN_IF_ERROR(
      Finish(spawn, place, limits, slot,
             slot.zygotes.back().client->Run(
                 {.argv = spawn.argv,
                  .env = moved.empty() ? spawn.env : moved,
                  .timeout_s = limits.timeout_s,
                  .memory_limit = memory_each ? limits.memory : 0,
                  .process_limit = processes_each ? limits.processes : 0,
                  .trace_reads = options.trace_reads}),
             &result));
  return result;
}

absl::Status LocalRunner::State::TakeLayer(const Spawn& spawn,
                                           const std::string& root, Slot& slot,
                                           SpawnResult* result) {
  Retire(slot);  // Nobody has the changes mounted any more.
  if (result->exit_code == 0 && !spawn.layer.empty()) {
    absl::StatusOr<Digest> layer =
        LayerOfChanges(root, absl::StrCat(slot.changes(), "/upper"), store);
    if (absl::IsInvalidArgument(layer.status())) {
      Complain(layer.status().message(), &result->stderr_text);
      result->exit_code = 1;
      result->outputs.clear();
    } else {
      RETURN_IF_ERROR(layer.status());
      OutputEntry entry;
      entry.path = spawn.layer;
      entry.digest = *layer;
      result->outputs.push_back(std::move(entry));
    }
  }
  return RemoveTree(slot.changes());
}

void LocalRunner::Cancel() {
  state_->cancellation.Cancel();
  MutexLock held(&state_->mu);
  for (const std::unique_ptr<State::Slot>& slot : state_->slots) {
    if (slot == nullptr) continue;
    for (const State::Zygote& zygote : slot->zygotes) {
      zygote.client->Interrupt();
    }
  }
}

}  // namespace graph
