// Can everybody read a theme? Contrast as WCAG 2 defines it, and how far apart colours stay for the
// three kinds of colour blindness and in grey. Pure functions; called by tests and by the theme's
// author.
#pragma once

#include <string>
#include <vector>

#include "ui/toolkit/core/theme.h"

namespace qs::ui {

// Relative luminance 0..1, and the contrast ratio 1..21 of two opaque colours.
double luminance(Color c);
double contrast(Color a, Color b);
// `over` (perhaps translucent) as seen on an opaque `ground`.
Color flattened(Color over, Color ground);

enum class Vision { normal, protan, deutan, tritan, grey };
const char* vision_name(Vision v);
// What a colour looks like to such eyes (full severity, Machado, Oliveira and Fernandes 2009).
Color seen_by(Vision v, Color c);
// Distance in CIE L*a*b* (1976): 2 is just visible, 20 is clear in small marks.
double distance(Color a, Color b);

// Every shortcoming of a theme as a sentence; empty means it is fit for use.
// - each pair of text and ground that is drawn somewhere: contrast of at least 4.5, or 3 for greyed
//   text and for signs and outlines; 7 and 4.5 in the "contrast" theme;
// - fills of the owners: at least `least_distance` apart for each kind of sight, and at least
//   `least_grey` in grey. Shape, label and icon carry the owner as well; colour never stands alone.
std::vector<std::string> theme_faults(const Theme& theme, double least_distance = 16.0,
                                      double least_grey = 4.5);

}  // namespace qs::ui
