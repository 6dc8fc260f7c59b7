// What the receipts of a class are worth, each told as soon as it is known. Owns: grade_receipts.
// Called by check_command. A receipt is replayed in a process of its own (base/apart.h): whatever
// somebody has written into it, the others are graded and its outcome is in its row.
#pragma once
#include <ostream>
#include <string>
#include <vector>

#include "base/apart.h"

namespace qs::cli {

enum class GradesAs { Table, Json, Junit };

// True when all have passed. JUnit says first how many have failed, so it is told at the end.
bool grade_receipts(std::ostream& out, const std::vector<std::string>& files, GradesAs as,
                    const ApartLimits& limits);

}  // namespace qs::cli
