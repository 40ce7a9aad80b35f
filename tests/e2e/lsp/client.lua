-- SPDX-License-Identifier: Apache-2.0
-- Neovim as the client: does the steps of the JSON file $LSP_STEPS, one after
-- the other, and writes what each gave to $LSP_RESULTS.

local steps = vim.json.decode(
  table.concat(vim.fn.readfile(vim.env.LSP_STEPS), "\n"))
local results = {}
local timeout = 60000

local client = vim.lsp.start_client({
  cmd = { vim.env.GRAPH_BINARY, "lsp" },
  root_dir = vim.env.LSP_ROOT,
  name = "graph",
})

local function uri(path)
  return vim.uri_from_fname(vim.env.LSP_ROOT .. "/" .. path)
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
    .. "\n"
end

local function request(method, params)
  local answers, problem =
    vim.lsp.buf_request_sync(0, method, params, timeout)
  if answers == nil then error(method .. ": " .. tostring(problem)) end
  local answer = answers[client] or {}
  if answer.error then return { error = answer.error } end
  return answer.result
end

local function at(step)
  return {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = step.line, character = step.character },
  }
end

local does = {}

function does.open(step)
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.LSP_ROOT .. "/" .. step.path))
  vim.lsp.buf_attach_client(0, client)
  return vim.wait(timeout, function()
    local known = vim.lsp.get_client_by_id(client)
    return known ~= nil and known.initialized
  end)
end

-- Replaces whole lines, as typing does.
function does.lines(step)
  vim.api.nvim_buf_set_lines(0, step.first, step.last, false, step.lines)
end

function does.diagnostics(step)
  local function count()
    return #vim.diagnostic.get(0)
  end
  -- As many as the step says, and the first in its line if it names one.
  vim.wait(timeout, function()
    local first = vim.diagnostic.get(0)[1]
    return count() == step.count
      and (step.line == nil or (first ~= nil and first.lnum == step.line))
  end, 20)
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, {
      line = each.lnum, column = each.col, message = each.message,
      severity = each.severity,
    })
  end
  return found
end

function does.ask(step)
  return request(step.method, at(step))
end

function does.jump(step)
  local found = request("textDocument/definition", at(step))
  if found == nil or found[1] == nil then return found end
  vim.lsp.util.jump_to_location(found[1], "utf-16")
  local cursor = vim.api.nvim_win_get_cursor(0)
  return {
    file = vim.api.nvim_buf_get_name(0),
    line = vim.api.nvim_get_current_line(),
    column = cursor[2],
  }
end

function does.rename(step)
  local params = at(step)
  params.newName = step.name
  local edit = request("textDocument/rename", params)
  if edit == nil or edit.error then return edit end
  vim.lsp.util.apply_workspace_edit(edit, "utf-16")
  vim.cmd("wall")
  return text(0)
end

-- Takes the first fix that is offered for a line.
function does.fix(step)
  local actions = request("textDocument/codeAction", {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = {
      start = { line = step.line, character = 0 },
      ["end"] = { line = step.line, character = 1000 },
    },
    context = { diagnostics = {} },
  })
  if actions == nil or actions[1] == nil then return actions end
  vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
  return { title = actions[1].title, text = text(0) }
end

function does.format(_)
  local edits = request("textDocument/formatting", {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    options = { tabSize = 4, insertSpaces = true },
  })
  if edits == nil or edits.error then return edits end
  vim.lsp.util.apply_text_edits(edits, 0, "utf-16")
  return text(0)
end

function does.symbols(_)
  return request("textDocument/documentSymbol", {
    textDocument = { uri = uri(vim.fn.fnamemodify(
      vim.api.nvim_buf_get_name(0), ":s?" .. vim.env.LSP_ROOT .. "/??")) },
  })
end

for _, step in ipairs(steps) do
  local fine, result = pcall(does[step["do"]], step)
  if not fine then result = { failed = tostring(result) } end
  if result == nil then result = vim.NIL end
  table.insert(results, result)
end

vim.fn.writefile({ vim.json.encode(results) }, vim.env.LSP_RESULTS)
vim.lsp.stop_client(client)
vim.wait(5000, function()
  local known = vim.lsp.get_client_by_id(client)
  return known == nil or known.is_stopped()
end)
vim.cmd("qall!")
