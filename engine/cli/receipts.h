// What the receipts of a class are worth, each told as soon as it is known. Owns: grade_receipts.
// Called by check_command. A receipt is replayed in a process of its own (base/apart.h): whatever
// somebody has written into it, the others are graded and its outcome is in its row.
#pragma once
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/apart.h"
#include "base/result.h"

namespace qs::cli {

enum class GradesAs { Table, Csv, Json, Junit };

struct GradeOptions {
  GradesAs as = GradesAs::Table;
  std::optional<double> pass;  // share of questions and goals; none: as each lesson says
  ApartLimits limits;
};

// The receipts that are meant: of a folder all its .toml files and those below, by name.
Result<std::vector<std::string>> receipt_files(const std::vector<std::string>& named);

// True when all have passed. JUnit says first how many have failed, so it is told at the end, and
// so are receipts that are alike: `err` has them where the form of `out` has no place for it.
bool grade_receipts(std::ostream& out, std::ostream& err, const std::vector<std::string>& files,
                    const GradeOptions& options);

}  // namespace qs::cli
