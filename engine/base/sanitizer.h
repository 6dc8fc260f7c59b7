// Whether the address sanitizer watches this build (./dev asan, the fuzzers): gcc and clang say it
// in different words. Owns: QS_ADDRESS_SANITIZER, 0 or 1. Used where memory is pooled or abandoned.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define QS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define QS_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef QS_ADDRESS_SANITIZER
#define QS_ADDRESS_SANITIZER 0
#endif
