// SPDX-License-Identifier: Apache-2.0
// The protocol around the features: what is answered when, and that nothing
// that comes ends the server.

#include "engine/lsp/server.h"

#include <deque>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "engine/lsp/framing.h"
#include "gtest/gtest.h"
#include "tests/engine/lsp/lsp_fixture.h"

namespace graph {
namespace {

using Json = nlohmann::json;

// Gives the server one piece of input after the other. It is silent for a
// while after each, so that diagnostics are published.
class ScriptedChannel final : public EditorChannel {
 public:
  std::optional<std::string> Read(int timeout_ms) override {
    if (timeout_ms == 0 && !together_) return std::nullopt;
    if (timeout_ms > 0 && (paused_ || pieces_.empty()) && !over_) {
      paused_ = false;
      over_ = pieces_.empty();
      return std::nullopt;
    }
    if (pieces_.empty()) return "";
    std::string piece = std::move(pieces_.front());
    pieces_.pop_front();
    paused_ = !together_;
    return piece;
  }
  bool Write(absl::string_view bytes) override {
    reader_.Feed(bytes);
    while (true) {
      auto body = reader_.Next();
      EXPECT_THAT(body, IsOk());
      if (!body->has_value()) return true;
      said_.push_back(Json::parse(**body));
    }
  }

  void Add(std::string piece) { pieces_.push_back(std::move(piece)); }
  void TakeAllAtOnce() { together_ = true; }
  const std::vector<Json>& said() const { return said_; }

 private:
  std::deque<std::string> pieces_;
  bool paused_ = false;
  bool over_ = false;
  bool together_ = false;
  FrameReader reader_;
  std::vector<Json> said_;
};

class ServerTest : public testing::Test {
 protected:
  void Send(const Json& message) { channel_.Add(Frame(message.dump())); }
  void Ask(int id, const std::string& method, Json params = Json::object()) {
    Send({{"id", id}, {"method", method}, {"params", std::move(params)}});
  }
  void Note(const std::string& method, Json params = Json::object()) {
    Send({{"method", method}, {"params", std::move(params)}});
  }
  void Start(Json capabilities = Json::object()) {
    Ask(1, "initialize",
        {{"rootUri", "file:///w"}, {"capabilities", std::move(capabilities)}});
    Note("initialized");
  }
  void Open(const std::string& path, const std::string& text) {
    Note("textDocument/didOpen",
         {{"textDocument",
           {{"uri", "file:///w/" + path}, {"version", 1}, {"text", text}}}});
  }
  static Json At(const std::string& path, int line, int character) {
    return {{"textDocument", {{"uri", "file:///w/" + path}}},
            {"position", {{"line", line}, {"character", character}}}};
  }

  bool Serve() {
    rules_.Add("core/defs.spec", kLspRules);
    return ServeEditor(channel_, [&](const std::string& folder) {
      EditorFiles files;
      files.root = folder;
      files.workspace = std::make_unique<MemoryTree>(disk_);
      files.rules = &rules_;
      files.rules_folder = "/rules";
      return files;
    });
  }
  // The answer to a request; null if there is none.
  Json Answer(const Json& id) const {
    for (const Json& each : channel_.said()) {
      if (each.contains("id") && each["id"] == id) return each;
    }
    return nullptr;
  }
  std::vector<Json> Published() const {
    std::vector<Json> all;
    for (const Json& each : channel_.said()) {
      if (each.value("method", "") == "textDocument/publishDiagnostics") {
        all.push_back(each["params"]);
      }
    }
    return all;
  }
  int CodeOf(const Json& id) const {
    const Json answer = Answer(id);
    return answer.contains("error") ? answer["error"]["code"].get<int>() : 0;
  }

  MemoryTree disk_;
  MemoryTree rules_;
  ScriptedChannel channel_;
};

TEST_F(ServerTest, InitializeSaysWhatItCan) {
  Start();
  Ask(2, "shutdown");
  Note("exit");
  EXPECT_TRUE(Serve());
  const Json can = Answer(1)["result"]["capabilities"];
  EXPECT_EQ(can["positionEncoding"], "utf-16");
  EXPECT_EQ(can["textDocumentSync"]["change"], 2);
  EXPECT_EQ(can["renameProvider"]["prepareProvider"], true);
  EXPECT_TRUE(Answer(2)["result"].is_null());
}

TEST_F(ServerTest, Utf8IsTakenIfOffered) {
  Start({{"general", {{"positionEncodings", {"utf-16", "utf-8"}}}}});
  Open("x.spec", "x = \"é\" + y\n");
  EXPECT_FALSE(Serve());
  EXPECT_EQ(Answer(1)["result"]["capabilities"]["positionEncoding"], "utf-8");
  EXPECT_EQ(Published().at(0)["diagnostics"][0]["range"]["start"]["character"],
            11);
}

TEST_F(ServerTest, ColumnsAreUtf16) {
  Start();
  Open("x.spec", "x = \"𝄞\" + y\n");
  Serve();
  EXPECT_EQ(Published().at(0)["diagnostics"][0]["range"]["start"]["character"],
            11);
}

TEST_F(ServerTest, AnEndWithoutShutdownIsNotClean) {
  Start();
  Note("exit");
  EXPECT_FALSE(Serve());
}

TEST_F(ServerTest, RequestsBeforeInitializeAreRefused) {
  Ask(1, "textDocument/hover", At("x.spec", 0, 0));
  Open("x.spec", "x = y\n");
  Serve();
  EXPECT_EQ(CodeOf(1), -32002);
  EXPECT_TRUE(Published().empty());
}

TEST_F(ServerTest, RequestsAfterShutdownAreRefused) {
  Start();
  Ask(2, "shutdown");
  Ask(3, "textDocument/hover", At("x.spec", 0, 0));
  Ask(4, "initialize");
  Note("exit");
  EXPECT_TRUE(Serve());
  EXPECT_EQ(CodeOf(3), -32600);
  EXPECT_EQ(CodeOf(4), -32600);
}

TEST_F(ServerTest, UnknownMethodsAreRefusedAndNotesDropped) {
  Start();
  Ask(2, "textDocument/telepathy");
  Note("$/setTrace", {{"value", "off"}});
  Note("workspace/didChangeConfiguration");
  Ask(3, "shutdown");
  Serve();
  EXPECT_EQ(CodeOf(2), -32601);
  EXPECT_FALSE(Answer(3).contains("error"));
}

TEST_F(ServerTest, WhatIsNoRequestIsAnsweredAndSurvived) {
  channel_.Add(Frame("{nonsense"));
  channel_.Add(Frame("[1, 2]"));
  channel_.Add(Frame("{\"id\": 7}"));
  channel_.Add(Frame("\"\\ud800\""));
  channel_.Add(Frame("{\"id\": 8, \"result\": null}"));
  Start();
  Ask(2, "textDocument/hover", {{"textDocument", 3}});
  Ask(3, "textDocument/hover", Json::array({1}));
  Ask(4, "textDocument/rename", At("x.spec", 0, 0));
  Note("textDocument/didOpen", {{"textDocument", {{"uri", 1}}}});
  Note("textDocument/didChange", nullptr);
  Ask(5, "shutdown");
  Note("exit");
  EXPECT_TRUE(Serve());
  EXPECT_EQ(channel_.said().at(0)["error"]["code"], -32700);
  EXPECT_EQ(channel_.said().at(1)["error"]["code"], -32600);
  EXPECT_EQ(CodeOf(7), -32600);
  EXPECT_EQ(CodeOf(2), -32602);
  EXPECT_EQ(CodeOf(3), -32602);
}

TEST_F(ServerTest, ABrokenFrameEndsIt) {
  Start();
  channel_.Add("Content-Length: x\r\n\r\n");
  Ask(2, "shutdown");
  EXPECT_FALSE(Serve());
  EXPECT_TRUE(Answer(2).is_null());
}

TEST_F(ServerTest, ARequestThatWaitsCanBeTakenBack) {
  channel_.TakeAllAtOnce();
  Start();
  Ask(2, "textDocument/hover", At("x.spec", 0, 0));
  Ask(3, "textDocument/hover", At("x.spec", 0, 0));
  Note("$/cancelRequest", {{"id", 3}});
  Note("$/cancelRequest", {{"id", 99}});
  Ask(4, "shutdown");
  Serve();
  EXPECT_EQ(CodeOf(3), -32800);
  EXPECT_FALSE(Answer(2).contains("error"));
}

TEST_F(ServerTest, ChangesAreAppliedInOrder) {
  Start();
  Open("x.spec", "x = 1\ny = z\n");
  Note("textDocument/didChange",
       {{"textDocument", {{"uri", "file:///w/x.spec"}, {"version", 2}}},
        {"contentChanges",
         {{{"range",
            {{"start", {{"line", 1}, {"character", 4}}},
             {"end", {{"line", 1}, {"character", 5}}}}},
           {"text", "w"}},
          {{"range",
            {{"start", {{"line", 1}, {"character", 4}}},
             {"end", {{"line", 1}, {"character", 5}}}}},
           {"text", "x"}}}}});
  Note("textDocument/didClose",
       {{"textDocument", {{"uri", "file:///w/x.spec"}}}});
  Serve();
  ASSERT_EQ(Published().size(), 2u);
  EXPECT_EQ(Published()[0]["diagnostics"].size(), 1u);
  EXPECT_EQ(Published()[1]["diagnostics"].size(), 0u);
  EXPECT_EQ(Published()[1]["version"], 2);
}

TEST_F(ServerTest, DiagnosticsWaitForMoreInput) {
  channel_.TakeAllAtOnce();
  Start();
  for (int i = 0; i < 20; ++i) Open("x.spec", "x = y\n");
  Serve();
  EXPECT_EQ(Published().size(), 1u);
}

TEST_F(ServerTest, AFixIsACodeAction) {
  Start();
  Open("app/BUILD.spec", "libary(name = \"x\")\n");
  Json params = At("app/BUILD.spec", 0, 0);
  params["range"] = {{"start", {{"line", 0}, {"character", 2}}},
                     {"end", {{"line", 0}, {"character", 2}}}};
  Ask(2, "textDocument/codeAction", params);
  Serve();
  const Json action = Answer(2)["result"].at(0);
  EXPECT_EQ(action["kind"], "quickfix");
  EXPECT_EQ(action["edit"]["changes"]["file:///w/app/BUILD.spec"][0]["newText"],
            "library");
}

TEST_F(ServerTest, AnswersUseTheUrisOfTheEditor) {
  Start();
  Note("textDocument/didOpen", {{"textDocument",
                                 {{"uri", "file:///w/%61.spec"},
                                  {"version", 1},
                                  {"text", "x = 1\ny = x\n"}}}});
  Ask(2, "textDocument/definition",
      {{"textDocument", {{"uri", "file:///w/a.spec"}}},
       {"position", {{"line", 1}, {"character", 4}}}});
  Serve();
  EXPECT_EQ(Answer(2)["result"][0]["uri"], "file:///w/%61.spec");
  EXPECT_EQ(Answer(2)["result"][0]["range"]["start"]["line"], 0);
}

TEST_F(ServerTest, BytesThatAreNoUtf8DoNotEndIt) {
  disk_.Add("x.spec", "x = \"\xff\xfe\" + y\n");
  Start();
  Open("BUILD.spec", "load(\":x.spec\", \"x\")\n");
  Ask(2, "textDocument/hover", At("BUILD.spec", 0, 8));
  Ask(3, "textDocument/documentSymbol",
      {{"textDocument", {{"uri", "file:///w/x.spec"}}}});
  Ask(4, "shutdown");
  Note("exit");
  EXPECT_TRUE(Serve());
}

// Every prefix of a file, with the cursor at its end and in its middle.
TEST_F(ServerTest, EveryBeginningOfAFileIsAnswered) {
  const std::string text =
      "load(\":d.spec\", \"f\")\ngenrule(name = f\"a{1}\", srcs = "
      "select({\":b\": [\"x\" for x in []]}), cmd = \"$(location :a)\")\n"
      "def f(a, *b: int, **c) -> str:\n    return lambda d: a.b[1:2].c\n";
  Start();
  int id = 10;
  for (size_t size = 0; size <= text.size(); size += 3) {
    Open("app/BUILD.spec", text.substr(0, size));
    Open("app/d.spec", text.substr(size / 2, size));
    for (const char* file : {"app/BUILD.spec", "app/d.spec"}) {
      for (const char* method :
           {"textDocument/completion", "textDocument/hover",
            "textDocument/definition", "textDocument/prepareRename",
            "textDocument/references"}) {
        Ask(id++, method, At(file, 1, static_cast<int>(size) % 90));
        Ask(id++, method, At(file, 99, 0));
      }
    }
  }
  Ask(2, "shutdown");
  Note("exit");
  EXPECT_TRUE(Serve());
  for (int each = 10; each < id; ++each) {
    ASSERT_FALSE(Answer(each).is_null()) << each;
  }
}

}  // namespace
}  // namespace graph
