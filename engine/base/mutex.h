// SPDX-License-Identifier: Apache-2.0
// Locks, by one name each for all rooms: Abseil's, but in builds for
// ThreadSanitizer stand-ins over the standard library's. Debian's Abseil is not
// instrumented, so that TSan takes all that its Mutex guards for races; the
// locks of the standard library it knows.

#ifndef GRAPH_ENGINE_BASE_MUTEX_H_
#define GRAPH_ENGINE_BASE_MUTEX_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#ifdef __SANITIZE_THREAD__
#include <condition_variable>
#include <functional>
#include <shared_mutex>
#endif

namespace graph {

#ifndef __SANITIZE_THREAD__

using Mutex = absl::Mutex;
using MutexLock = absl::MutexLock;
using ReaderMutexLock = absl::ReaderMutexLock;
using WriterMutexLock = absl::WriterMutexLock;
using CondVar = absl::CondVar;
using LockCondition = absl::Condition;
using Notification = absl::Notification;

#else

// What of Abseil's interface is used here, with its meaning; slowly: whoever
// gives up the lock, to wait as well, wakes all who wait for a condition.

class LockCondition {
 public:
  explicit LockCondition(const bool* flag) : test_([flag] { return *flag; }) {}
  template <typename T>
  LockCondition(T* object, bool (T::*method)())
      : test_([=] { return (object->*method)(); }) {}
  template <typename T>
  LockCondition(const T* object, bool (T::*method)() const)
      : test_([=] { return (object->*method)(); }) {}
  template <typename T>
  LockCondition(bool (*function)(T*), T* argument)
      : test_([=] { return function(argument); }) {}
  bool Eval() const { return test_(); }

 private:
  std::function<bool()> test_;
};

class ABSL_LOCKABLE Mutex {
 public:
  void Lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mu_.lock(); }
  void Unlock() ABSL_UNLOCK_FUNCTION() {
    changed_.notify_all();
    mu_.unlock();
  }
  void ReaderLock() ABSL_SHARED_LOCK_FUNCTION() { mu_.lock_shared(); }
  void ReaderUnlock() ABSL_UNLOCK_FUNCTION() { mu_.unlock_shared(); }
  void AssertHeld() const {}
  void Await(const LockCondition& condition) {
    if (condition.Eval()) return;
    changed_.notify_all();
    changed_.wait(mu_, [&] { return condition.Eval(); });
  }
  bool AwaitWithTimeout(const LockCondition& condition,
                        absl::Duration timeout) {
    if (condition.Eval()) return true;
    changed_.notify_all();
    return changed_.wait_for(mu_, absl::ToChronoNanoseconds(timeout),
                             [&] { return condition.Eval(); });
  }

 private:
  friend class CondVar;
  std::shared_mutex mu_;
  std::condition_variable_any changed_;
};

class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Mutex* mu) ABSL_EXCLUSIVE_LOCK_FUNCTION(mu) : mu_(mu) {
    mu_->Lock();
  }
  MutexLock(Mutex* mu, const LockCondition& condition)
      ABSL_EXCLUSIVE_LOCK_FUNCTION(mu)
      : mu_(mu) {
    mu_->Lock();
    mu_->Await(condition);
  }
  ~MutexLock() ABSL_UNLOCK_FUNCTION() { mu_->Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex* const mu_;
};
using WriterMutexLock = MutexLock;

class ABSL_SCOPED_LOCKABLE ReaderMutexLock {
 public:
  explicit ReaderMutexLock(Mutex* mu) ABSL_SHARED_LOCK_FUNCTION(mu) : mu_(mu) {
    mu_->ReaderLock();
  }
  ~ReaderMutexLock() ABSL_UNLOCK_FUNCTION() { mu_->ReaderUnlock(); }
  ReaderMutexLock(const ReaderMutexLock&) = delete;
  ReaderMutexLock& operator=(const ReaderMutexLock&) = delete;

 private:
  Mutex* const mu_;
};

class CondVar {
 public:
  void Wait(Mutex* mu) {
    mu->changed_.notify_all();
    changed_.wait(mu->mu_);
  }
  // Whether the time ran out.
  bool WaitWithTimeout(Mutex* mu, absl::Duration timeout) {
    mu->changed_.notify_all();
    return changed_.wait_for(mu->mu_, absl::ToChronoNanoseconds(timeout)) ==
           std::cv_status::timeout;
  }
  bool WaitWithDeadline(Mutex* mu, absl::Time deadline) {
    return WaitWithTimeout(mu, deadline - absl::Now());
  }
  void Signal() { changed_.notify_one(); }
  void SignalAll() { changed_.notify_all(); }

 private:
  std::condition_variable_any changed_;
};

class Notification {
 public:
  bool HasBeenNotified() const {
    MutexLock lock(&mu_);
    return notified_;
  }
  void Notify() {
    MutexLock lock(&mu_);
    notified_ = true;
  }
  void WaitForNotification() const {
    MutexLock lock(&mu_, LockCondition(&notified_));
  }
  bool WaitForNotificationWithTimeout(absl::Duration timeout) const {
    MutexLock lock(&mu_);
    return mu_.AwaitWithTimeout(LockCondition(&notified_), timeout);
  }

 private:
  mutable Mutex mu_;
  bool notified_ = false;
};

#endif

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_MUTEX_H_
