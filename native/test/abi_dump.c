/*
 * Prints what the compiler makes of the headers, a line a fact, for the drift test of the bindings:
 *   constant NAME VALUE
 *   struct NAME SIZE
 *   field STRUCT NAME OFFSET SIZE
 */
#include <stddef.h>
#include <stdio.h>

#include "aeon/datagram.h"
#include "aeon/poll.h"
#include "aeon/shm.h"
#include "aeon/stream.h"
#include "aeon/tcp.h"
#include "aeon/unix.h"
#include "aeon/vk.h"
#include "aeon/wake.h"

#define CONSTANT(name) printf("constant %s %d\n", #name, name)
#define STRUCT(type) printf("struct %s %zu\n", #type, sizeof(struct type))
#define FIELD(type, name)                                                   \
  printf("field %s %s %zu %zu\n", #type, #name, offsetof(struct type, name), \
         sizeof(((struct type *)0)->name))

static void constants(void) {
  CONSTANT(AEON_ABI_VERSION);
  CONSTANT(AEON_ADOPTED_LISTENING);
  CONSTANT(AEON_ADOPTED_UNIX);
  CONSTANT(AEON_DATAGRAM_BATCH);
  CONSTANT(AEON_DATAGRAM_TRUNCATED);
  CONSTANT(AEON_POLL_READABLE);
  CONSTANT(AEON_POLL_WRITABLE);
  CONSTANT(AEON_POLL_EDGE);
  CONSTANT(AEON_POLL_HANGUP);
  CONSTANT(AEON_POLL_ERROR);
  CONSTANT(AEON_VK_RESULT_BASE);
  CONSTANT(AEON_VK_DEVICE_LOCAL);
  CONSTANT(AEON_VK_COHERENT);
  CONSTANT(AEON_VK_IMPORTED);
  CONSTANT(AEON_VK_PLACE_HOST);
  CONSTANT(AEON_VK_PLACE_DEVICE_MAPPED);
  CONSTANT(AEON_VK_PLACE_DEVICE);
}

static void sockets(void) {
  STRUCT(aeon_span);
  FIELD(aeon_span, address);
  FIELD(aeon_span, length);
  STRUCT(aeon_unix_address);
  FIELD(aeon_unix_address, length);
  FIELD(aeon_unix_address, is_abstract);
  FIELD(aeon_unix_address, name);
  FIELD(aeon_unix_address, reserved);
  STRUCT(aeon_peer_credentials);
  FIELD(aeon_peer_credentials, process_id);
  FIELD(aeon_peer_credentials, user_id);
  FIELD(aeon_peer_credentials, group_id);
  STRUCT(aeon_ip_address);
  FIELD(aeon_ip_address, family);
  FIELD(aeon_ip_address, port);
  FIELD(aeon_ip_address, scope);
  FIELD(aeon_ip_address, bytes);
}

static void datagrams(void) {
  STRUCT(aeon_datagram);
  FIELD(aeon_datagram, memory);
  FIELD(aeon_datagram, capacity);
  FIELD(aeon_datagram, byte_size);
  FIELD(aeon_datagram, segment_byte_size);
  FIELD(aeon_datagram, flags);
  FIELD(aeon_datagram, peer);
  FIELD(aeon_datagram, reserved);
  STRUCT(aeon_filter_instruction);
  FIELD(aeon_filter_instruction, code);
  FIELD(aeon_filter_instruction, jump_true);
  FIELD(aeon_filter_instruction, jump_false);
  FIELD(aeon_filter_instruction, operand);
}

static void memory(void) {
  STRUCT(aeon_poll_event);
  FIELD(aeon_poll_event, token);
  FIELD(aeon_poll_event, readiness);
  FIELD(aeon_poll_event, reserved);
  STRUCT(aeon_mapping);
  FIELD(aeon_mapping, address);
  FIELD(aeon_mapping, byte_size);
  STRUCT(aeon_vk_device);
  FIELD(aeon_vk_device, instance);
  FIELD(aeon_vk_device, physical_device);
  FIELD(aeon_vk_device, device);
  FIELD(aeon_vk_device, get_instance_proc_addr);
  STRUCT(aeon_vk_buffer);
  FIELD(aeon_vk_buffer, buffer);
  FIELD(aeon_vk_buffer, memory);
  FIELD(aeon_vk_buffer, mapped_address);
  FIELD(aeon_vk_buffer, byte_size);
  FIELD(aeon_vk_buffer, properties);
  FIELD(aeon_vk_buffer, reserved);
}

int main(void) {
  constants();
  sockets();
  datagrams();
  memory();
  return 0;
}
