// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/tree.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/wire.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

absl::Status CheckName(absl::string_view name) {
  if (name.empty() || name == "." || name == ".." ||
      name.find_first_of(absl::string_view("/\0", 2)) != name.npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", name, "` cannot be the name of a file"));
  }
  return absl::OkStatus();
}

template <typename Node>
bool IsSortedSet(const std::vector<Node>& nodes) {
  return std::adjacent_find(nodes.begin(), nodes.end(),
                            [](const Node& a, const Node& b) {
                              return a.name >= b.name;
                            }) == nodes.end();
}

template <typename Node>
void SortByName(std::vector<Node>& nodes) {
  if (IsSortedSet(nodes)) return;
  std::sort(nodes.begin(), nodes.end(),
            [](const Node& a, const Node& b) { return a.name < b.name; });
}

template <typename Node>
bool Names(const std::vector<Node>& sorted, const std::string& name) {
  auto it = std::lower_bound(
      sorted.begin(), sorted.end(), name,
      [](const Node& node, const std::string& n) { return node.name < n; });
  return it != sorted.end() && it->name == name;
}

FileNode DecodeFile(absl::string_view bytes) {
  FileNode node;
  WireReader fields(bytes);
  while (fields.Next()) {
    if (fields.number() == 1) node.name = std::string(fields.bytes());
    if (fields.number() == 2) node.digest = fields.digest();
    if (fields.number() == 4) node.executable = fields.varint() != 0;
  }
  return node;
}

DirectoryNode DecodeDirectory(absl::string_view bytes) {
  FileNode node = DecodeFile(bytes);
  return {std::move(node.name), node.digest};
}

SymlinkNode DecodeSymlink(absl::string_view bytes) {
  SymlinkNode node;
  WireReader fields(bytes);
  while (fields.Next()) {
    if (fields.number() == 1) node.name = std::string(fields.bytes());
    if (fields.number() == 2) node.target = std::string(fields.bytes());
  }
  return node;
}

template <typename Node>
bool AreNamesSound(const std::vector<Node>& nodes) {
  return IsSortedSet(nodes) &&
         std::all_of(nodes.begin(), nodes.end(), [](const Node& node) {
           return CheckName(node.name).ok();
         });
}

using Entry = TreeEntries::const_iterator;

// Stores the folder of the entries in [begin, end), whose paths all start with
// the same `prefix` bytes.
absl::StatusOr<Digest> PutFolder(Entry begin, Entry end, size_t prefix,
                                 BlobStore& store) {
  Directory folder;
  std::vector<std::string> empty;
  for (Entry it = begin; it != end;) {
    const absl::string_view rest = absl::string_view(it->first).substr(prefix);
    const size_t slash = rest.find('/');
    std::string name(rest.substr(0, slash));
    RETURN_IF_ERROR(CheckName(name)) << "in `" << it->first << "`";
    if (slash != rest.npos) {
      const absl::string_view start =
          absl::string_view(it->first).substr(0, prefix + slash + 1);
      Entry next = it;
      while (next != end &&
             absl::string_view(next->first).substr(0, start.size()) == start) {
        ++next;
      }
      ASSIGN_OR_RETURN(Digest child, PutFolder(it, next, start.size(), store));
      folder.directories.push_back({std::move(name), child});
      it = next;
      continue;
    }
    const TreeEntry& entry = it->second;
    switch (entry.kind) {
      case TreeEntry::Kind::kFile:
        folder.files.push_back(
            {std::move(name), entry.digest, entry.executable});
        break;
      case TreeEntry::Kind::kSymlink:
        folder.symlinks.push_back({std::move(name), entry.target});
        break;
      case TreeEntry::Kind::kEmptyDirectory:
        empty.push_back(std::move(name));
        break;
    }
    ++it;
  }
  SortByName(folder.directories);
  for (const DirectoryNode& child : folder.directories) {
    if (Names(folder.files, child.name) || Names(folder.symlinks, child.name)) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", begin->first.substr(0, prefix), child.name,
                       "` would be both a file and a folder"));
    }
  }
  // What is said to be empty may yet have got entries of its own.
  const size_t filled = folder.directories.size();
  for (std::string& name : empty) {
    const bool is_filled = std::any_of(
        folder.directories.begin(), folder.directories.begin() + filled,
        [&](const DirectoryNode& child) { return child.name == name; });
    if (!is_filled) {
      folder.directories.push_back({std::move(name), EmptyDigest()});
    }
  }
  SortByName(folder.directories);
  return store.Put(folder.Encode());
}

absl::Status GetFolder(const Digest& digest, const std::string& prefix,
                       BlobStore& store, TreeEntries& entries) {
  ASSIGN_OR_RETURN(std::string bytes, store.Get(digest));
  ASSIGN_OR_RETURN(Directory folder, Directory::Decode(bytes));
  for (FileNode& file : folder.files) {
    entries[prefix + file.name] = {TreeEntry::Kind::kFile, file.digest,
                                   file.executable, ""};
  }
  for (SymlinkNode& link : folder.symlinks) {
    entries[prefix + link.name] = {TreeEntry::Kind::kSymlink, Digest(), false,
                                   std::move(link.target)};
  }
  for (const DirectoryNode& child : folder.directories) {
    const std::string path = prefix + child.name;
    if (child.digest == EmptyDigest()) {
      entries[path].kind = TreeEntry::Kind::kEmptyDirectory;
    } else {
      RETURN_IF_ERROR(GetFolder(child.digest, path + "/", store, entries));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Digest> TakeFolder(const std::string& path, bool consume,
                                  BlobStore& store) {
  ASSIGN_OR_RETURN(std::vector<DirectoryEntry> entries, ListDirectory(path));
  Directory folder;
  for (DirectoryEntry& entry : entries) {
    const std::string child = absl::StrCat(path, "/", entry.name);
    if (entry.type == FileType::kRegular) {
      ASSIGN_OR_RETURN(FileState state, LinkStat(child));
      ASSIGN_OR_RETURN(Digest digest, store.PutFile(child, consume));
      folder.files.push_back(
          {std::move(entry.name), digest, state.executable()});
    } else if (entry.type == FileType::kDirectory) {
      ASSIGN_OR_RETURN(Digest digest, TakeFolder(child, consume, store));
      folder.directories.push_back({std::move(entry.name), digest});
    } else if (entry.type == FileType::kSymlink) {
      ASSIGN_OR_RETURN(std::string target, ReadLink(child));
      folder.symlinks.push_back({std::move(entry.name), std::move(target)});
    } else {
      return absl::InvalidArgumentError(absl::StrCat(
          child, " is neither a file, a folder nor a symbolic link"));
    }
  }
  return store.Put(folder.Encode());
}

}  // namespace

std::string Directory::Encode() const {
  std::string bytes, node;
  WireWriter out(&bytes), in(&node);
  for (const FileNode& file : files) {
    node.clear();
    in.Text(1, file.name);
    in.Digested(2, file.digest);
    in.Bool(4, file.executable);
    out.Bytes(1, node);
  }
  for (const DirectoryNode& child : directories) {
    node.clear();
    in.Text(1, child.name);
    in.Digested(2, child.digest);
    out.Bytes(2, node);
  }
  for (const SymlinkNode& link : symlinks) {
    node.clear();
    in.Text(1, link.name);
    in.Text(2, link.target);
    out.Bytes(3, node);
  }
  return bytes;
}

absl::StatusOr<Directory> Directory::Decode(absl::string_view bytes) {
  Directory folder;
  WireReader fields(bytes);
  while (fields.Next()) {
    switch (fields.number()) {
      case 1:
        folder.files.push_back(DecodeFile(fields.bytes()));
        break;
      case 2:
        folder.directories.push_back(DecodeDirectory(fields.bytes()));
        break;
      case 3:
        folder.symlinks.push_back(DecodeSymlink(fields.bytes()));
        break;
      default:
        break;
    }
  }
  if (!fields.ok() || !AreNamesSound(folder.files) ||
      !AreNamesSound(folder.directories) || !AreNamesSound(folder.symlinks)) {
    return absl::DataLossError("a Directory message is malformed");
  }
  return folder;
}

absl::StatusOr<Digest> PutTree(const TreeEntries& entries, BlobStore& store) {
  return PutFolder(entries.begin(), entries.end(), 0, store);
}

absl::StatusOr<TreeEntries> GetTree(const Digest& root, BlobStore& store) {
  TreeEntries entries;
  RETURN_IF_ERROR(GetFolder(root, "", store, entries));
  return entries;
}

absl::StatusOr<Digest> PutDirectory(const std::string& path, bool consume,
                                    BlobStore& store) {
  ASSIGN_OR_RETURN(Digest root, TakeFolder(path, consume, store));
  if (consume) {
    RETURN_IF_ERROR(RemoveTree(path));
  }
  return root;
}

absl::Status LinkDirectory(const Digest& root, const std::string& path,
                           BlobStore& store) {
  ASSIGN_OR_RETURN(std::string bytes, store.Get(root));
  ASSIGN_OR_RETURN(Directory folder, Directory::Decode(bytes));
  RETURN_IF_ERROR(MakeDirectory(path));
  RETURN_IF_ERROR(SetMode(path, 0755));  // Whatever our umask is.
  for (const FileNode& file : folder.files) {
    RETURN_IF_ERROR(store.Link(file.digest, file.executable,
                               absl::StrCat(path, "/", file.name)));
  }
  for (const SymlinkNode& link : folder.symlinks) {
    RETURN_IF_ERROR(Symlink(link.target, absl::StrCat(path, "/", link.name)));
  }
  for (const DirectoryNode& child : folder.directories) {
    RETURN_IF_ERROR(LinkDirectory(child.digest,
                                  absl::StrCat(path, "/", child.name), store));
  }
  return absl::OkStatus();
}

}  // namespace graph
