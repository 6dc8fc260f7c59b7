#include "kmdf/core/variables.h"

#include <cstring>
#include <string>

#include "kmdf/core/framework.h"

namespace qs::kmdf {

namespace {

DriverVariables the_variables;
std::string as_loaded;

}  // namespace

void use_variables(DriverVariables variables) {
  the_variables = variables;
  as_loaded.assign(variables.begin, variables.bytes);
}

DriverVariables driver_variables() { return the_variables; }

void begin_with_variables() {
  if (the_variables.bytes == 0) return;
  std::memcpy(the_variables.begin, as_loaded.data(), the_variables.bytes);
  fw().driver_memory.include(the_variables.begin, the_variables.bytes);
}

}  // namespace qs::kmdf
