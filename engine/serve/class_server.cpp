#include "serve/class_server.h"

#include <array>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include "base/modules.h"

namespace qs::serve {

ServerResult start_class(const Place& place, const Limits& limits) {
  const std::string module = "queuescope-serve.so";
  std::string why;
  auto* start = reinterpret_cast<QsStartClass*>(module_function(module, "qs_start_class", why));
  if (!start)
    return Error{module, 0, "this part of the program, for a class, is missing (" + why + ")"};
  ServerResult made = Error{};
  start(&place, &limits, &made);
  return made;
}

std::vector<std::string> own_addresses() {
  std::vector<std::string> four, six;
  ifaddrs* all = nullptr;
  if (getifaddrs(&all) != 0) return four;
  for (const ifaddrs* i = all; i; i = i->ifa_next) {
    if (!i->ifa_addr || !(i->ifa_flags & IFF_UP) || i->ifa_flags & IFF_LOOPBACK) continue;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (i->ifa_addr->sa_family == AF_INET) {
      const auto* a = reinterpret_cast<const sockaddr_in*>(i->ifa_addr);
      four.emplace_back(inet_ntop(AF_INET, &a->sin_addr, text.data(), text.size()));
    } else if (i->ifa_addr->sa_family == AF_INET6) {
      const auto* a = reinterpret_cast<const sockaddr_in6*>(i->ifa_addr);
      if (!IN6_IS_ADDR_LINKLOCAL(&a->sin6_addr))
        six.emplace_back(inet_ntop(AF_INET6, &a->sin6_addr, text.data(), text.size()));
    }
  }
  freeifaddrs(all);
  four.insert(four.end(), six.begin(), six.end());
  return four;
}

}  // namespace qs::serve
