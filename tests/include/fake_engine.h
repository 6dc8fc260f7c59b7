// What drivers did, as fake_engine.cpp wrote it down. Called by the tests of this folder.
#pragma once
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "include/qs/abi_lines.h"

struct Call {
  std::string name;  // without qs_; "none X", "noted X", "DbgPrint <format>"
  std::string file;
  int line;
};

std::vector<Call>& calls();                          // since the last clear()
std::vector<std::uintptr_t>& pcs();                  // return addresses of the coverage calls
std::vector<const qs_DRIVER_LINES*>& line_tables();  // of all drivers in the executable
