// A bare window: SDL2, its own drawing by the processor and Dear ImGui's demo, with none of our
// code. tests/bench/start.sh measures the start of our window beside it.
#include <SDL.h>
#include <cstdio>

#include <imgui.h>

int main(int, char**) {
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");  // else it imitates OpenGL: twice as slow
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return 2;
  SDL_Window* window = SDL_CreateWindow("bare", 0, 0, 1680, 980, 0);
  SDL_Renderer* renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
  if (!renderer) return 2;
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(1680, 980);
  unsigned char* pixels = nullptr;
  int w = 0, h = 0;
  io.Fonts->GetTexDataAsRGBA32(&pixels, &w, &h);
  SDL_Texture* font = SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ABGR8888, 0, w, h);
  SDL_UpdateTexture(font, nullptr, pixels, w * 4);
  SDL_SetTextureBlendMode(font, SDL_BLENDMODE_BLEND);
  for (bool first = true;; first = false) {
    SDL_Event e;
    while (SDL_PollEvent(&e))
      if (e.type == SDL_QUIT) return 0;
    ImGui::NewFrame();
    ImGui::ShowDemoWindow();
    ImGui::Render();
    SDL_RenderClear(renderer);
    const ImDrawData& data = *ImGui::GetDrawData();
    for (int i = 0; i < data.CmdListsCount; ++i)
      for (const ImDrawCmd& c : data.CmdLists[i]->CmdBuffer) {
        const ImDrawVert* v = data.CmdLists[i]->VtxBuffer.Data + c.VtxOffset;
        const SDL_Rect clip{int(c.ClipRect.x), int(c.ClipRect.y), int(c.ClipRect.z - c.ClipRect.x),
                            int(c.ClipRect.w - c.ClipRect.y)};
        SDL_RenderSetClipRect(renderer, &clip);
        SDL_RenderGeometryRaw(renderer, font, &v->pos.x, sizeof *v,
                              reinterpret_cast<const SDL_Color*>(&v->col), sizeof *v, &v->uv.x,
                              sizeof *v, int(data.CmdLists[i]->VtxBuffer.Size - int(c.VtxOffset)),
                              data.CmdLists[i]->IdxBuffer.Data + c.IdxOffset, int(c.ElemCount),
                              sizeof(ImDrawIdx));
      }
    SDL_RenderPresent(renderer);
    if (first) std::puts("SHOWN"), std::fflush(stdout);
  }
}
