/*
 * AF_UNIX stream sockets, by path or by abstract name.
 * Ownership: the caller owns returned descriptors, non-blocking and closed on exec, and removes the
 * socket file of a listener. aeon_unix_connect may return -EAGAIN where the listener's backlog is full.
 */
#ifndef AEON_UNIX_H
#define AEON_UNIX_H

#include "aeon/export.h"

/* An address: a path, or the bytes of an abstract name (which may hold zero bytes). */
struct aeon_unix_address {
  uint32_t length;      /* bytes used of name: 1 to 107 */
  uint32_t is_abstract; /* 0 or 1 */
  uint8_t name[108];
  uint8_t reserved[4];
};

/* Who is at the other end of a connection, as the kernel saw it when it was made. */
struct aeon_peer_credentials {
  int32_t process_id;
  uint32_t user_id;
  uint32_t group_id;
};

AEON_EXPORT int32_t aeon_unix_listen(const struct aeon_unix_address *address, int32_t backlog);

/*
 * As aeon_unix_listen by path, with the socket file's permission bits (0 to 0777) set before anyone
 * can connect.
 */
AEON_EXPORT int32_t aeon_unix_listen_with(const struct aeon_unix_address *address, int32_t backlog,
                                          uint32_t permissions);

AEON_EXPORT int32_t aeon_unix_connect(const struct aeon_unix_address *address);

AEON_EXPORT int32_t aeon_unix_peer(int32_t descriptor, struct aeon_peer_credentials *credentials);

/*
 * Sends byte_count (at least 1) bytes and with their first byte descriptor_count (0 to 16) descriptors,
 * which stay the caller's. Returns the bytes taken.
 */
AEON_EXPORT int64_t aeon_unix_send_descriptors(int32_t descriptor, const void *bytes,
                                               uint64_t byte_count, const int32_t *descriptors,
                                               int32_t descriptor_count);

/*
 * Receives up to byte_count bytes and the descriptors sent with them, which become the caller's, are
 * closed on exec, and are counted in *descriptor_count. Descriptors beyond capacity (0 to 16) are closed.
 */
AEON_EXPORT int64_t aeon_unix_receive_descriptors(int32_t descriptor, void *bytes,
                                                  uint64_t byte_count, int32_t *descriptors,
                                                  int32_t capacity, int32_t *descriptor_count);

#endif
