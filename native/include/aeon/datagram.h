/*
 * Datagram sockets: UDP, and IP itself with a protocol number of one's own.
 * Ownership: the caller owns returned descriptors, non-blocking and closed on exec; buffers stay the
 * caller's. Nothing here blocks. No socket lets the kernel split a packet: one that is larger than
 * the path takes is refused with -EMSGSIZE.
 */
#ifndef AEON_DATAGRAM_H
#define AEON_DATAGRAM_H

#include "aeon/export.h"
#include "aeon/tcp.h"

/* The most elements of one batch. */
#define AEON_DATAGRAM_BATCH 64

/* The kernel had more bytes than the buffer took. */
#define AEON_DATAGRAM_TRUNCATED 1

/* The most bytes of a run that is sent from a file. */
#define AEON_DATAGRAM_FILE_RUN 65536

/* One element of a batch: a datagram, or a run of them with one peer. */
struct aeon_datagram {
  uint64_t memory;             /* address of the bytes */
  uint32_t capacity;           /* receiving: how many bytes fit there */
  uint32_t byte_size;          /* how many are there */
  uint32_t segment_byte_size;  /* of each datagram of a run but the last; 0 for a single one */
  uint32_t flags;              /* received: AEON_DATAGRAM_ bits */
  struct aeon_ip_address peer; /* sending: family 0 for the peer that the socket is connected to */
  uint32_t reserved;
};

/* One instruction of a classic BPF program, as the kernel lays it out. */
struct aeon_filter_instruction {
  uint16_t code;
  uint8_t jump_true;
  uint8_t jump_false;
  uint32_t operand;
};

/* Opens a UDP socket at a local address; port 0 lets the kernel choose. An IPv6 socket at the
 * address :: takes IPv4 too, as mapped addresses. Runs of datagrams may arrive as one element. */
AEON_EXPORT int32_t aeon_udp_open(const struct aeon_ip_address *local);

/*
 * Opens a raw socket for an IP protocol (1 to 254) at a local address, whose port is ignored.
 * Received IPv4 packets begin with their IP header, IPv6 packets with what follows it.
 * -EPERM without CAP_NET_RAW.
 */
AEON_EXPORT int32_t aeon_raw_open(const struct aeon_ip_address *local, int32_t protocol);

/*
 * Prepares a raw socket that another process opened as aeon_raw_open would: binds it and sets it up.
 * The descriptor stays the caller's. -EPROTOTYPE where it is no raw socket of that family and
 * protocol.
 */
AEON_EXPORT int32_t aeon_raw_adopt(int32_t descriptor, const struct aeon_ip_address *local,
                                   int32_t protocol);

/* Takes packets of one peer only from now on, and sends to it where a batch names none. */
AEON_EXPORT int32_t aeon_datagram_connect(int32_t descriptor, const struct aeon_ip_address *peer);

/* Asks for buffers of so many bytes; what the system's limits leave of it is no error. */
AEON_EXPORT int32_t aeon_datagram_set_buffers(int32_t descriptor, int32_t byte_size);

/* Has the kernel drop what a program of 1 to 4096 instructions does not admit. */
AEON_EXPORT int32_t aeon_datagram_set_filter(int32_t descriptor,
                                             const struct aeon_filter_instruction *program,
                                             int32_t instruction_count);

/* The bytes of the largest IP packet that the kernel knows to reach an address unsplit. */
AEON_EXPORT int32_t aeon_datagram_path_mtu(const struct aeon_ip_address *peer);

/*
 * Sends the first of count (1 to AEON_DATAGRAM_BATCH) elements that the kernel takes and returns
 * their number; an error is that of the first element.
 */
AEON_EXPORT int32_t aeon_datagram_send_many(int32_t descriptor, const struct aeon_datagram *batch,
                                            int32_t count);

/*
 * Sends byte_size bytes (1 to AEON_DATAGRAM_FILE_RUN) of a file in memory (memfd) to the peer that
 * the socket is connected to, as a run of datagrams of segment_byte_size bytes. byte_offset is where
 * a page begins. Nothing is copied: the network reads the file's pages until the peer has taken the
 * run, whatever is written to them meanwhile. Returns 1. -EIO where the kernel took a part of it.
 * Kernels before 6.5 would split packets: not for them.
 */
AEON_EXPORT int32_t aeon_datagram_send_file(int32_t descriptor, int32_t file, uint64_t byte_offset,
                                            uint32_t byte_size, uint32_t segment_byte_size);

/* Fills up to count (1 to AEON_DATAGRAM_BATCH) elements, of which memory and capacity are set, and
 * returns their number. */
AEON_EXPORT int32_t aeon_datagram_receive_many(int32_t descriptor, struct aeon_datagram *batch,
                                               int32_t count);

#endif
