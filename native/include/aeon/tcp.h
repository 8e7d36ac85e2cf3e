/*
 * TCP sockets over IPv4 and IPv6.
 * Ownership: the caller owns returned descriptors, non-blocking and closed on exec.
 * aeon_tcp_connect returns at once: the connection is there, or has failed, when the descriptor is
 * writable; aeon_stream_pending_error then tells which.
 */
#ifndef AEON_TCP_H
#define AEON_TCP_H

#include "aeon/export.h"

struct aeon_ip_address {
  uint32_t family;  /* 4 or 6 */
  uint32_t port;    /* 0 to 65535; 0 lets the kernel choose where it may */
  uint32_t scope;   /* IPv6 scope, or 0 */
  uint8_t bytes[16]; /* network order; IPv4 uses the first four */
};

AEON_EXPORT int32_t aeon_tcp_listen(const struct aeon_ip_address *address, int32_t backlog);

/* Listens on an IPv6 address and leaves the same port of IPv4 to others. */
AEON_EXPORT int32_t aeon_tcp_listen_v6_only(const struct aeon_ip_address *address, int32_t backlog);

AEON_EXPORT int32_t aeon_tcp_connect(const struct aeon_ip_address *address);

/* Connects from a local address of the same family; its port may be 0. */
AEON_EXPORT int32_t aeon_tcp_connect_from(const struct aeon_ip_address *address,
                                          const struct aeon_ip_address *local);

AEON_EXPORT int32_t aeon_tcp_local_address(int32_t descriptor, struct aeon_ip_address *address);

AEON_EXPORT int32_t aeon_tcp_remote_address(int32_t descriptor, struct aeon_ip_address *address);

AEON_EXPORT int32_t aeon_tcp_set_no_delay(int32_t descriptor, int32_t enabled);

AEON_EXPORT int32_t aeon_tcp_set_keep_alive(int32_t descriptor, int32_t enabled);

#endif
