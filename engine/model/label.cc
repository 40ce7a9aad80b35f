// SPDX-License-Identifier: Apache-2.0
#include "engine/model/label.h"

#include <atomic>
#include <cstring>
#include <new>

#include "absl/hash/hash.h"
#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace graph {

// There is one for every label that any file mentions: kept small.
struct Label::Rep {
  std::atomic<uint32_t> references;
  uint32_t hash;
  uint16_t name_begin;  // Behind `:`.
  uint16_t size;

  // Behind `//`.
  size_t package_begin() {
    const absl::string_view all(text(), size);
    return all.front() == '@' ? all.find("//") + 2 : 2;
  }

  char* text() { return reinterpret_cast<char*>(this + 1); }
};

namespace {

// Of repository, package and name together.
constexpr size_t kMostBytes = 65000;
constexpr absl::string_view kTooLong = "it is longer than 65,000 bytes";

absl::Status Bad(absl::string_view what, absl::string_view text,
                 absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("bad ", what, " `", text, "`: ", why));
}

// What is wrong with a path of parts; empty if nothing is.
absl::string_view PathFault(absl::string_view path) {
  if (path.front() == '/') return "it begins with `/`";
  if (path.back() == '/') return "it ends with `/`";
  while (!path.empty()) {
    size_t slash = path.find('/');
    absl::string_view part = path.substr(0, slash);
    if (part.empty()) return "it has an empty part";
    if (part == "..") return "`..` leaves the package";
    if (part == ".") return "`.` is not a part of a label";
    if (slash == absl::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return "";
}

absl::string_view CharacterFault(absl::string_view text) {
  for (char c : text) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
      return "it has a control character";
    }
    if (c == ':') return "it has a `:` too many";
    if (c == '\\') return "parts are divided by `/`";
  }
  return "";
}

absl::string_view PackageFault(absl::string_view package) {
  if (package.empty()) return "";
  if (absl::string_view fault = CharacterFault(package); !fault.empty()) {
    return fault;
  }
  return PathFault(package);
}

absl::string_view NameFault(absl::string_view name) {
  if (name.empty()) return "the name is empty";
  if (absl::string_view fault = CharacterFault(name); !fault.empty()) {
    return fault;
  }
  return PathFault(name);
}

bool IsRepoName(absl::string_view repo) {
  for (char c : repo) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '_' &&
        c != '-' && c != '.') {
      return false;
    }
  }
  return true;
}

absl::string_view LastPart(absl::string_view path) {
  size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? path : path.substr(slash + 1);
}

struct Parts {
  absl::string_view repo;
  absl::string_view package;
  absl::string_view name;
  absl::string_view fault;
};

// `[@repo]//package[:name]`.
Parts SplitAbsolute(absl::string_view text, const PackageName& context) {
  Parts parts;
  parts.repo = context.repo;
  if (absl::ConsumePrefix(&text, "@")) {
    size_t slashes = text.find("//");
    if (slashes == absl::string_view::npos) {
      parts.fault = "`//` and a package must follow the repository";
      return parts;
    }
    parts.repo = text.substr(0, slashes);
    text.remove_prefix(slashes);
    if (!IsRepoName(parts.repo)) {
      parts.fault =
          "the name of the repository has a character other than "
          "letters, digits, `_`, `-` and `.`";
      return parts;
    }
  }
  text.remove_prefix(2);
  size_t colon = text.find(':');
  parts.package = text.substr(0, colon);
  if (colon != absl::string_view::npos) {
    parts.name = text.substr(colon + 1);
  } else if (parts.package.empty()) {
    parts.fault = "it names no target";
  } else {
    parts.name = LastPart(parts.package);
  }
  return parts;
}

}  // namespace

std::string PackageName::ToString() const {
  return repo.empty() ? absl::StrCat("//", path)
                      : absl::StrCat("@", repo, "//", path);
}

absl::Status CheckPackagePath(absl::string_view package) {
  absl::string_view fault = PackageFault(package);
  return fault.empty() ? absl::OkStatus() : Bad("package", package, fault);
}

absl::Status CheckTargetName(absl::string_view name) {
  absl::string_view fault = NameFault(name);
  return fault.empty() ? absl::OkStatus() : Bad("name", name, fault);
}

absl::StatusOr<Label> Label::Create(absl::string_view repo,
                                    absl::string_view package,
                                    absl::string_view name) {
  if (!IsRepoName(repo)) {
    return Bad("repository", repo, "it has a forbidden character");
  }
  RETURN_IF_ERROR(CheckPackagePath(package));
  RETURN_IF_ERROR(CheckTargetName(name));
  if (repo.size() + package.size() + name.size() > kMostBytes) {
    return Bad("name", name, kTooLong);
  }
  return Make(repo, package, name);
}

absl::StatusOr<Label> Label::Parse(absl::string_view text,
                                   const PackageName& context) {
  if (text.empty()) return Bad("label", text, "it is empty");
  Parts parts;
  if (text.front() == '@' || absl::StartsWith(text, "//")) {
    parts = SplitAbsolute(text, context);
    if (parts.fault.empty()) parts.fault = PackageFault(parts.package);
  } else {
    parts.repo = context.repo;
    parts.package = context.path;
    parts.name = text;
    absl::ConsumePrefix(&parts.name, ":");
    if (parts.name.size() == text.size() && absl::StrContains(text, ':')) {
      parts.fault = "a label of another package begins with `//`";
    } else if (text.front() == '/') {
      parts.fault = "it begins with one `/`; the root of the workspace is `//`";
    }
  }
  if (parts.fault.empty()) parts.fault = NameFault(parts.name);
  if (parts.fault.empty() &&
      parts.repo.size() + parts.package.size() + parts.name.size() >
          kMostBytes) {
    parts.fault = kTooLong;
  }
  if (!parts.fault.empty()) return Bad("label", text, parts.fault);
  return Make(parts.repo, parts.package, parts.name);
}

Label Label::Make(absl::string_view repo, absl::string_view package,
                  absl::string_view name) {
  size_t prefix = repo.empty() ? 2 : repo.size() + 3;
  size_t size = prefix + package.size() + 1 + name.size();
  Rep* rep = new (::operator new(sizeof(Rep) + size)) Rep{};
  char* end = rep->text();
  auto append = [&end](absl::string_view bytes) {
    if (!bytes.empty()) std::memcpy(end, bytes.data(), bytes.size());
    end += bytes.size();
  };
  if (!repo.empty()) {
    append("@");
    append(repo);
  }
  append("//");
  append(package);
  append(":");
  append(name);
  rep->references.store(1, std::memory_order_relaxed);
  rep->name_begin = static_cast<uint16_t>(prefix + package.size() + 1);
  rep->size = static_cast<uint16_t>(size);
  const uint64_t hash = absl::HashOf(absl::string_view(rep->text(), size));
  rep->hash = static_cast<uint32_t>(hash ^ (hash >> 32));
  return Label(rep);
}

Label::Rep* Label::Share(Rep* rep) {
  if (rep != nullptr) {
    rep->references.fetch_add(1, std::memory_order_relaxed);
  }
  return rep;
}

void Label::Release(Rep* rep) {
  if (rep == nullptr) return;
  if (rep->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    rep->~Rep();
    ::operator delete(rep);
  }
}

size_t Label::hash() const { return rep_ == nullptr ? 0 : rep_->hash; }

absl::string_view Label::text() const {
  return rep_ == nullptr ? "" : absl::string_view(rep_->text(), rep_->size);
}

absl::string_view Label::repo() const {
  if (rep_ == nullptr || rep_->package_begin() == 2) return "";
  return text().substr(1, rep_->package_begin() - 3);
}

absl::string_view Label::package() const {
  if (rep_ == nullptr) return "";
  const size_t begin = rep_->package_begin();
  return text().substr(begin, rep_->name_begin - 1 - begin);
}

absl::string_view Label::name() const {
  return rep_ == nullptr ? "" : text().substr(rep_->name_begin);
}

absl::string_view Label::package_text() const {
  return rep_ == nullptr ? "" : text().substr(0, rep_->name_begin - 1);
}

PackageName Label::package_name() const {
  return {std::string(repo()), std::string(package())};
}

std::strong_ordering operator<=>(const Label& a, const Label& b) {
  for (int order :
       {a.repo().compare(b.repo()), a.package().compare(b.package()),
        a.name().compare(b.name())}) {
    if (order != 0) return order <=> 0;
  }
  return std::strong_ordering::equal;
}

}  // namespace graph
