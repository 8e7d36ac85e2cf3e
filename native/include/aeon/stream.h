/*
 * Connected and listening stream sockets of any family.
 * Ownership: the caller owns the descriptor that aeon_stream_accept returns; buffers stay the caller's.
 * Nothing here blocks: where a call would, it returns -EAGAIN. No call raises SIGPIPE.
 */
#ifndef AEON_STREAM_H
#define AEON_STREAM_H

#include "aeon/export.h"

/* One piece of a gathering send. */
struct aeon_span {
  uint64_t address;
  uint64_t length;
};

/* Accepts a connection; the result is non-blocking and closed on exec. */
AEON_EXPORT int32_t aeon_stream_accept(int32_t listener);

/* Receives up to byte_count bytes to where buffer and byte_offset point; 0 means that the peer has finished sending. */
AEON_EXPORT int64_t aeon_stream_receive(int32_t descriptor, void *buffer, uint64_t byte_offset,
                                        uint64_t byte_count);

/* Sends up to byte_count bytes from where buffer and byte_offset point; returns how many were taken. */
AEON_EXPORT int64_t aeon_stream_send(int32_t descriptor, const void *buffer, uint64_t byte_offset,
                                     uint64_t byte_count);

/* Sends span_count (1 to 64) pieces in order and returns how many bytes were taken. */
AEON_EXPORT int64_t aeon_stream_send_spans(int32_t descriptor, const struct aeon_span *spans,
                                           int32_t span_count);

/* Takes the error a connection attempt or a peer left on the socket: 0, or a positive errno. */
AEON_EXPORT int32_t aeon_stream_pending_error(int32_t descriptor);

/* What aeon_stream_adopt found; bits. */
#define AEON_ADOPTED_LISTENING 1
#define AEON_ADOPTED_UNIX 2

/*
 * Prepares a stream socket that another program made: non-blocking and closed on exec. Returns bits
 * that say what it is; -ENOTSOCK or -EPROTOTYPE where it is no stream socket. The descriptor stays
 * the caller's.
 */
AEON_EXPORT int32_t aeon_stream_adopt(int32_t descriptor);

/* Ends the sending half; the peer receives what was sent, then the end. */
AEON_EXPORT int32_t aeon_stream_finish_sending(int32_t descriptor);

#endif
