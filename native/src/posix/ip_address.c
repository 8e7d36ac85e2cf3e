#define _GNU_SOURCE
#include "ip_address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>

socklen_t aeon_ip_to_kernel(const struct aeon_ip_address *address, struct sockaddr_storage *kernel) {
  memset(kernel, 0, sizeof *kernel);
  if (address->port > 65535) {
    return 0;
  }
  if (address->family == 4) {
    struct sockaddr_in *ip4 = (struct sockaddr_in *)kernel;
    ip4->sin_family = AF_INET;
    ip4->sin_port = htons((uint16_t)address->port);
    memcpy(&ip4->sin_addr, address->bytes, sizeof ip4->sin_addr);
    return sizeof *ip4;
  }
  if (address->family == 6) {
    struct sockaddr_in6 *ip6 = (struct sockaddr_in6 *)kernel;
    ip6->sin6_family = AF_INET6;
    ip6->sin6_port = htons((uint16_t)address->port);
    ip6->sin6_scope_id = address->scope;
    memcpy(&ip6->sin6_addr, address->bytes, sizeof ip6->sin6_addr);
    return sizeof *ip6;
  }
  return 0;
}

int32_t aeon_ip_from_kernel(const struct sockaddr_storage *kernel, struct aeon_ip_address *address) {
  memset(address, 0, sizeof *address);
  if (kernel->ss_family == AF_INET) {
    const struct sockaddr_in *ip4 = (const struct sockaddr_in *)kernel;
    address->family = 4;
    address->port = ntohs(ip4->sin_port);
    memcpy(address->bytes, &ip4->sin_addr, sizeof ip4->sin_addr);
    return 0;
  }
  if (kernel->ss_family == AF_INET6) {
    const struct sockaddr_in6 *ip6 = (const struct sockaddr_in6 *)kernel;
    address->family = 6;
    address->port = ntohs(ip6->sin6_port);
    address->scope = ip6->sin6_scope_id;
    memcpy(address->bytes, &ip6->sin6_addr, sizeof ip6->sin6_addr);
    return 0;
  }
  return -EAFNOSUPPORT;
}
