#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "aeon/descriptor.h"
#include "aeon/stream.h"
#include "aeon/tcp.h"
#include "check.h"

static struct aeon_ip_address loopback(uint8_t last, uint32_t port) {
  struct aeon_ip_address address = {.family = 4, .port = port, .bytes = {127, 0, 0, last}};
  return address;
}

static void addresses_out_of_range_are_refused(void) {
  struct aeon_ip_address address = loopback(1, 65536);
  struct aeon_ip_address local = loopback(1, 0);
  CHECK(aeon_tcp_listen(&address, 1) == -EINVAL);
  CHECK(aeon_tcp_connect(&address) == -EINVAL);
  address = loopback(1, 1);
  address.family = 5;
  CHECK(aeon_tcp_connect(&address) == -EINVAL);
  CHECK(aeon_tcp_connect_from(&local, &address) == -EINVAL);
  CHECK(aeon_tcp_listen_v6_only(&local, 1) == -EINVAL);
}

static void local_address_is_seen_by_the_peer(void) {
  struct aeon_ip_address address = loopback(1, 0);
  int32_t listener = aeon_tcp_listen(&address, 1);
  CHECK(listener >= 0);
  CHECK(aeon_tcp_local_address(listener, &address) == 0);
  struct aeon_ip_address local = loopback(7, 0);
  int32_t client = aeon_tcp_connect_from(&address, &local);
  CHECK(client >= 0);
  int32_t server = -EAGAIN;
  while (server == -EAGAIN) {
    server = aeon_stream_accept(listener);
  }
  CHECK(server >= 0);
  struct aeon_ip_address remote;
  CHECK(aeon_tcp_remote_address(server, &remote) == 0);
  CHECK(remote.bytes[3] == 7);
  CHECK(aeon_stream_adopt(listener) == AEON_ADOPTED_LISTENING);
  CHECK(aeon_stream_adopt(server) == 0);
  aeon_descriptor_close(client);
  aeon_descriptor_close(server);
  aeon_descriptor_close(listener);
}

static void foreign_local_address_is_refused(void) {
  struct aeon_ip_address address = loopback(1, 1);
  struct aeon_ip_address local = {.family = 4, .bytes = {192, 0, 2, 1}};
  CHECK(aeon_tcp_connect_from(&address, &local) == -EADDRNOTAVAIL);
  struct aeon_ip_address other = {.family = 6};
  CHECK(aeon_tcp_connect_from(&address, &other) == -EINVAL);
}

int main(void) {
  addresses_out_of_range_are_refused();
  local_address_is_seen_by_the_peer();
  foreign_local_address_is_refused();
  return 0;
}
