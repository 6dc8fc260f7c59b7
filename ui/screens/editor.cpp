#include "ui/screens/editor.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace qs::ui {

namespace fs = std::filesystem;

namespace {

// Editors that take "+LINE FILE" in a terminal need one; those that do not get what they know.
std::vector<std::string> editor_words(const std::string& editor, const std::string& path,
                                      uint32_t line) {
  const std::string name = fs::path(editor.substr(0, editor.find(' '))).filename().string();
  const std::string at = std::to_string(line);
  std::string command = editor;
  if (name == "code" || name == "codium")
    command += " --goto \"$0:$1\"";
  else if (name == "subl" || name == "zed" || name == "hx")
    command += " \"$0:$1\"";
  else if (name == "kate")
    command += " --line \"$1\" \"$0\"";
  else
    command += " \"+$1\" \"$0\"";
  return {"sh", "-c", command, path, at};
}

}  // namespace

Result<bool> open_in_editor(const std::string& path, uint32_t line) {
  const char* visual = std::getenv("VISUAL");
  const std::vector<std::string> words = visual && *visual
                                             ? editor_words(visual, path, line)
                                             : std::vector<std::string>{"xdg-open", path};
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) return Error{"", 0, "no process could be started"};
  if (child == 0) {
    setsid();
    if (fork() == 0) execvp(pointers[0], pointers.data());  // nobody waits for it
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  return true;
}

}  // namespace qs::ui
