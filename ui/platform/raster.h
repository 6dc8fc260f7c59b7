// Raster: draws a Dear ImGui frame with the processor, into plain memory. Owns no state. Called by
// the headless and the SDL2 backend.
//
// Why not SDL's own software renderer: it rounds every corner to whole pixels, which makes circles
// and curves lumpy. Here corners count in 1/256 pixel and all arithmetic is in whole numbers, so
// pictures are as smooth as a graphics card's and the same, bit for bit, everywhere.
#pragma once

#include <cstdint>

struct ImDrawData;

namespace qs::ui {

// Where to draw: 0xXXRRGGBB per pixel, `stride` pixels from one row to the next.
struct RasterTarget {
  std::uint32_t* pixels = nullptr;
  int width = 0, height = 0, stride = 0;
};

// Draws everything over what `target` holds. Textures are Dear ImGui's own (fonts), as coverage
// only.
void rasterise(const ImDrawData& data, const RasterTarget& target);

}  // namespace qs::ui
