// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/server.h"

#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "engine/lsp/framing.h"
#include "engine/lsp/handlers.h"

namespace graph {
namespace {

enum ErrorCode {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternalError = -32603,
  kNotInitialized = -32002,
  kRequestFailed = -32803,
  kRequestCancelled = -32800,
};

// Diagnostics wait until the editor has been silent for so long.
constexpr int kQuietMs = 60;

std::string MethodOf(const Json& message) {
  const auto method = message.find("method");
  return method != message.end() && method->is_string()
             ? method->get<std::string>()
             : std::string();
}

class Server {
 public:
  Server(EditorChannel& channel, const OpenEditorFiles& open)
      : channel_(channel),
        handlers_(open, [this](absl::string_view method, Json params) {
          Send(
              {{"method", std::string(method)}, {"params", std::move(params)}});
        }) {}

  bool Run() {
    while (!over_) {
      if (!waiting_.empty()) {
        // What has come meanwhile may take the next one back.
        TakeInput(0);
        if (waiting_.empty()) continue;
        const Json message = std::move(waiting_.front());
        waiting_.pop_front();
        Handle(message);
        continue;
      }
      const bool dirty = state_ == State::kRunning && handlers_.dirty();
      if (TakeInput(dirty ? kQuietMs : -1) || !waiting_.empty()) continue;
      if (dirty) handlers_.Publish();
      if (ended_) break;
    }
    return clean_;
  }

 private:
  enum class State { kNew, kRunning, kShutDown };

  // Reads what comes within the time into `waiting_`. False if nothing came.
  bool TakeInput(int timeout_ms) {
    if (ended_) return false;
    const std::optional<std::string> bytes = channel_.Read(timeout_ms);
    if (!bytes.has_value()) return false;
    if (bytes->empty()) {
      ended_ = true;
      return false;
    }
    reader_.Feed(*bytes);
    while (true) {
      absl::StatusOr<std::optional<std::string>> body = reader_.Next();
      if (!body.ok()) {
        Fail(nullptr, kParseError, std::string(body.status().message()));
        ended_ = true;
        return false;
      }
      if (!body->has_value()) return true;
      Json message = Json::parse(**body, nullptr, /*allow_exceptions=*/false);
      if (message.is_discarded()) {
        Fail(nullptr, kParseError, "the message is no JSON");
      } else if (MethodOf(message) == "$/cancelRequest") {
        Cancel(message);
      } else {
        waiting_.push_back(std::move(message));
      }
    }
  }

  // Takes a request back that was not begun.
  void Cancel(const Json& message) {
    static const Json::json_pointer kId("/params/id");
    if (!message.contains(kId)) return;
    const Json id = message[kId];
    for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
      if (!it->is_object() || !it->contains("id") || (*it)["id"] != id ||
          MethodOf(*it).empty()) {
        continue;
      }
      waiting_.erase(it);
      return Fail(id, kRequestCancelled, "cancelled");
    }
  }

  void Handle(const Json& message) {
    if (!message.is_object()) {
      return Fail(nullptr, kInvalidRequest, "a message is an object");
    }
    const std::string method = MethodOf(message);
    const bool is_request = message.contains("id");
    if (method.empty()) {
      // Otherwise the answer to a question of ours.
      if (is_request && !message.contains("result") &&
          !message.contains("error")) {
        Fail(message["id"], kInvalidRequest, "a request has a method");
      }
      return;
    }
    const Json params = message.value("params", Json::object());
    const Json id = is_request ? message["id"] : Json();
    try {
      if (is_request) return Answer(id, method, params);
      if (method == "exit") {
        clean_ = state_ == State::kShutDown;
        over_ = true;
      } else if (state_ == State::kRunning) {
        handlers_.Note(method, params);
      }
    } catch (const Json::exception& error) {
      if (is_request) Fail(id, kInvalidParams, error.what());
    } catch (const std::exception& error) {
      if (is_request) Fail(id, kInternalError, error.what());
    }
  }

  void Answer(const Json& id, const std::string& method, const Json& params) {
    if (method == "initialize") {
      if (state_ != State::kNew) {
        return Fail(id, kInvalidRequest, "initialized already");
      }
      Send({{"id", id}, {"result", handlers_.Initialize(params)}});
      state_ = State::kRunning;
      return;
    }
    if (state_ == State::kNew) {
      return Fail(id, kNotInitialized, "`initialize` comes first");
    }
    if (state_ == State::kShutDown) {
      return Fail(id, kInvalidRequest, "the server was shut down");
    }
    if (method == "shutdown") {
      state_ = State::kShutDown;
      return Send({{"id", id}, {"result", nullptr}});
    }
    const Handlers::Request request = Handlers::FindRequest(method);
    if (request == nullptr) {
      return Fail(id, kMethodNotFound, "no method `" + method + "`");
    }
    const absl::StatusOr<Json> result = (handlers_.*request)(params);
    if (!result.ok()) {
      return Fail(id, kRequestFailed, std::string(result.status().message()));
    }
    Send({{"id", id}, {"result", *result}});
  }

  void Fail(const Json& id, ErrorCode code, std::string message) {
    Send({{"id", id},
          {"error", {{"code", int{code}}, {"message", std::move(message)}}}});
  }

  void Send(Json message) {
    message["jsonrpc"] = "2.0";
    const std::string body =
        message.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (!channel_.Write(Frame(body))) ended_ = over_ = true;
  }

  EditorChannel& channel_;
  Handlers handlers_;
  FrameReader reader_;
  std::deque<Json> waiting_;
  State state_ = State::kNew;
  bool ended_ = false;  // Nothing more comes.
  bool over_ = false;
  bool clean_ = false;
};

}  // namespace

bool ServeEditor(EditorChannel& channel, const OpenEditorFiles& open) {
  return Server(channel, open).Run();
}

}  // namespace graph
