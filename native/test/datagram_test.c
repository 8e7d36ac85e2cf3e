#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "aeon/datagram.h"
#include "aeon/descriptor.h"
#include "aeon/shm.h"
#include "check.h"

static struct aeon_ip_address loopback(uint8_t last, uint32_t port) {
  struct aeon_ip_address address = {.family = 4, .port = port, .bytes = {127, 0, 0, last}};
  return address;
}

static struct aeon_ip_address bound(int32_t descriptor) {
  struct aeon_ip_address address;
  CHECK(aeon_tcp_local_address(descriptor, &address) == 0);
  return address;
}

static struct aeon_datagram outgoing(const void *bytes, uint32_t byte_size,
                                     struct aeon_ip_address peer) {
  struct aeon_datagram datagram = {
      .memory = (uint64_t)(uintptr_t)bytes, .byte_size = byte_size, .peer = peer};
  return datagram;
}

static int32_t receive(int32_t descriptor, struct aeon_datagram *batch, int32_t count) {
  struct pollfd ready = {.fd = descriptor, .events = POLLIN};
  CHECK(poll(&ready, 1, 5000) == 1);
  return aeon_datagram_receive_many(descriptor, batch, count);
}

static void arguments_out_of_range_are_refused(void) {
  struct aeon_ip_address address = loopback(1, 65536);
  struct aeon_datagram batch[1] = {0};
  CHECK(aeon_udp_open(&address) == -EINVAL);
  CHECK(aeon_datagram_path_mtu(&address) == -EINVAL);
  address.port = 0;
  CHECK(aeon_raw_open(&address, 0) == -EINVAL);
  CHECK(aeon_raw_open(&address, 255) == -EINVAL);
  int32_t socket = aeon_udp_open(&address);
  CHECK(aeon_datagram_send_many(socket, batch, 0) == -EINVAL);
  CHECK(aeon_datagram_send_many(socket, batch, AEON_DATAGRAM_BATCH + 1) == -EINVAL);
  CHECK(aeon_datagram_receive_many(socket, batch, 0) == -EINVAL);
  CHECK(aeon_datagram_receive_many(socket, batch, AEON_DATAGRAM_BATCH + 1) == -EINVAL);
  CHECK(aeon_datagram_receive_many(socket, batch, 1) == -EAGAIN);
  CHECK(aeon_datagram_set_buffers(socket, 0) == -EINVAL);
  CHECK(aeon_datagram_set_filter(socket, NULL, 0) == -EINVAL);
  CHECK(aeon_raw_adopt(socket, &address, 253) == -EPROTOTYPE);
  batch[0] = outgoing("x", 1, loopback(1, 9));
  batch[0].segment_byte_size = 65536;
  CHECK(aeon_datagram_send_many(socket, batch, 1) == -EINVAL);
  batch[0].segment_byte_size = 0;
  batch[0].peer.family = 5;
  CHECK(aeon_datagram_send_many(socket, batch, 1) == -EINVAL);
  aeon_descriptor_close(socket);
}

static void batch_arrives_in_order_with_its_sender(void) {
  struct aeon_ip_address any_port = loopback(1, 0);
  int32_t left = aeon_udp_open(&any_port);
  int32_t right = aeon_udp_open(&any_port);
  struct aeon_datagram out[2] = {outgoing("one", 3, bound(right)),
                                 outgoing("three", 5, bound(right))};
  CHECK(aeon_datagram_send_many(left, out, 2) == 2);
  char buffers[3][4];
  struct aeon_datagram in[3] = {0};
  for (int i = 0; i < 3; i++) {
    in[i].memory = (uint64_t)(uintptr_t)buffers[i];
    in[i].capacity = sizeof buffers[i];
  }
  CHECK(receive(right, in, 3) == 2);
  CHECK(in[0].byte_size == 3 && in[0].flags == 0 && memcmp(buffers[0], "one", 3) == 0);
  CHECK(in[1].byte_size == 4 && in[1].flags == AEON_DATAGRAM_TRUNCATED);
  CHECK(in[0].peer.family == 4 && in[0].peer.port == bound(left).port);
  aeon_descriptor_close(left);
  aeon_descriptor_close(right);
}

static void run_is_cut_into_segments(void) {
  struct aeon_ip_address any_port = loopback(1, 0);
  int32_t left = aeon_udp_open(&any_port);
  int32_t right = aeon_udp_open(&any_port);
  struct aeon_ip_address peer = bound(right);
  CHECK(aeon_datagram_connect(left, &peer) == 0);
  static char bytes[2500];
  struct aeon_datagram out = {.memory = (uint64_t)(uintptr_t)bytes,
                              .byte_size = sizeof bytes,
                              .segment_byte_size = 1000};
  CHECK(aeon_datagram_send_many(left, &out, 1) == 1);
  static char buffer[65536];
  uint32_t total = 0;
  while (total < sizeof bytes) {
    struct aeon_datagram in = {.memory = (uint64_t)(uintptr_t)buffer, .capacity = sizeof buffer};
    CHECK(receive(right, &in, 1) == 1);
    CHECK(in.byte_size <= 1000 || in.segment_byte_size == 1000);
    total += in.byte_size;
  }
  CHECK(total == sizeof bytes);
  aeon_descriptor_close(left);
  aeon_descriptor_close(right);
}

static void run_of_a_file_is_cut_into_segments_of_its_bytes(void) {
  struct aeon_ip_address any_port = loopback(1, 0);
  int32_t left = aeon_udp_open(&any_port);
  int32_t right = aeon_udp_open(&any_port);
  struct aeon_ip_address peer = bound(right);
  CHECK(aeon_datagram_connect(left, &peer) == 0);
  int32_t file = aeon_shm_create("run", 131072);
  struct aeon_mapping mapping;
  CHECK(aeon_shm_map(file, &mapping) == 0);
  char *bytes = (char *)(uintptr_t)mapping.address + 65536;
  for (int i = 0; i < 65000; i++) {
    bytes[i] = (char)(i % 251);
  }
  CHECK(aeon_datagram_send_file(left, file, 65536, 0, 1000) == -EINVAL);
  CHECK(aeon_datagram_send_file(left, file, 65536, AEON_DATAGRAM_FILE_RUN + 1, 1000) == -EINVAL);
  CHECK(aeon_datagram_send_file(left, file, 65536, 1000, 0) == -EINVAL);
  CHECK(aeon_datagram_send_file(left, file, 65536, 1000, 65536) == -EINVAL);
  CHECK(aeon_datagram_send_file(left, file, UINT64_MAX, 1000, 1000) == -EINVAL);
  CHECK(aeon_datagram_send_file(left, -1, 0, 1000, 1000) == -EBADF);
  CHECK(aeon_datagram_send_file(left, file, 65536, 59500, 1000) == 1);
  static char buffer[65536];
  uint32_t total = 0;
  while (total < 59500) {
    struct aeon_datagram in = {.memory = (uint64_t)(uintptr_t)buffer, .capacity = sizeof buffer};
    CHECK(receive(right, &in, 1) == 1);
    CHECK(in.byte_size <= 1000 || in.segment_byte_size == 1000);
    CHECK(memcmp(buffer, bytes + total, in.byte_size) == 0);
    total += in.byte_size;
  }
  CHECK(total == 59500);
  struct aeon_datagram whole = {.memory = mapping.address, .byte_size = 3000};
  CHECK(aeon_datagram_send_many(left, &whole, 1) == 1);
  struct aeon_datagram in = {.memory = (uint64_t)(uintptr_t)buffer, .capacity = sizeof buffer};
  CHECK(receive(right, &in, 1) == 1);
  CHECK(in.byte_size == 3000 && in.segment_byte_size == 0);
  CHECK(aeon_shm_unmap(mapping.address, mapping.byte_size) == 0);
  aeon_descriptor_close(file);
  aeon_descriptor_close(left);
  aeon_descriptor_close(right);
}

static void packet_above_the_path_is_refused(void) {
  struct aeon_ip_address any_port = loopback(1, 0);
  struct aeon_ip_address peer = loopback(2, 9);
  CHECK(aeon_datagram_path_mtu(&peer) >= 1280);
  struct aeon_ip_address mapped = {.family = 6, .bytes = {[10] = 255, 255, 127, 0, 0, 1}};
  CHECK(aeon_datagram_path_mtu(&mapped) == aeon_datagram_path_mtu(&peer));
  int32_t socket = aeon_udp_open(&any_port);
  static char bytes[65520];
  struct aeon_datagram out = outgoing(bytes, sizeof bytes, peer);
  CHECK(aeon_datagram_send_many(socket, &out, 1) == -EMSGSIZE);
  aeon_descriptor_close(socket);
}

static void filter_drops_what_it_does_not_admit(void) {
  struct aeon_ip_address any_port = loopback(1, 0);
  int32_t left = aeon_udp_open(&any_port);
  int32_t right = aeon_udp_open(&any_port);
  /* Loads the first byte after the UDP header; admits 'y' alone. */
  struct aeon_filter_instruction program[] = {
      {0x30, 0, 0, 8}, {0x15, 0, 1, 'y'}, {0x06, 0, 0, UINT32_MAX}, {0x06, 0, 0, 0}};
  CHECK(aeon_datagram_set_filter(right, program, 4) == 0);
  struct aeon_datagram out[2] = {outgoing("no", 2, bound(right)), outgoing("yes", 3, bound(right))};
  CHECK(aeon_datagram_send_many(left, out, 2) == 2);
  char buffer[8];
  struct aeon_datagram in = {.memory = (uint64_t)(uintptr_t)buffer, .capacity = sizeof buffer};
  CHECK(receive(right, &in, 1) == 1);
  CHECK(in.byte_size == 3);
  CHECK(aeon_datagram_receive_many(right, &in, 1) == -EAGAIN);
  aeon_descriptor_close(left);
  aeon_descriptor_close(right);
}

static void raw_packet_begins_with_its_ip_header(void) {
  struct aeon_ip_address local = loopback(3, 77);
  int32_t socket = aeon_raw_open(&local, 254);
  if (socket == -EPERM) {
    fprintf(stderr, "raw sockets were not tested: CAP_NET_RAW is missing\n");
    return;
  }
  CHECK(socket >= 0);
  CHECK(aeon_raw_adopt(socket, &local, 253) == -EPROTOTYPE);
  local.port = 0;
  struct aeon_datagram out = outgoing("raw", 3, local);
  CHECK(aeon_datagram_send_many(socket, &out, 1) == 1);
  char buffer[64];
  struct aeon_datagram in = {.memory = (uint64_t)(uintptr_t)buffer, .capacity = sizeof buffer};
  CHECK(receive(socket, &in, 1) == 1);
  CHECK(in.byte_size == 23 && memcmp(buffer + 20, "raw", 3) == 0);
  aeon_descriptor_close(socket);
}

int main(void) {
  arguments_out_of_range_are_refused();
  batch_arrives_in_order_with_its_sender();
  run_is_cut_into_segments();
  run_of_a_file_is_cut_into_segments_of_its_bytes();
  packet_above_the_path_is_refused();
  filter_drops_what_it_does_not_admit();
  raw_packet_begins_with_its_ip_header();
  return 0;
}
