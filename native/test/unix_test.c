#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aeon/descriptor.h"
#include "aeon/shm.h"
#include "aeon/stream.h"
#include "aeon/unix.h"
#include "check.h"

static struct aeon_unix_address abstract_address(void) {
  struct aeon_unix_address address = {.is_abstract = 1};
  address.length = (uint32_t)snprintf((char *)address.name, sizeof address.name, "aeon-test-%d", getpid());
  return address;
}

static void connect_pair(int32_t *client, int32_t *server) {
  struct aeon_unix_address address = abstract_address();
  int32_t listener = aeon_unix_listen(&address, 1);
  CHECK(listener >= 0);
  *client = aeon_unix_connect(&address);
  CHECK(*client >= 0);
  *server = aeon_stream_accept(listener);
  CHECK(*server >= 0);
  CHECK(aeon_descriptor_close(listener) == 0);
}

static void addresses_out_of_range_are_refused(void) {
  struct aeon_unix_address address = {.length = 0};
  CHECK(aeon_unix_listen(&address, 1) == -EINVAL);
  address.length = 108;
  CHECK(aeon_unix_connect(&address) == -EINVAL);
  address.length = UINT32_MAX;
  CHECK(aeon_unix_connect(&address) == -EINVAL);
  address.length = 3;
  memcpy(address.name, "a\0b", 3);
  CHECK(aeon_unix_connect(&address) == -EINVAL);
  address.is_abstract = 2;
  CHECK(aeon_unix_connect(&address) == -EINVAL);
}

static void longest_names_fit(void) {
  struct aeon_unix_address address = {.length = 107, .is_abstract = 1};
  memset(address.name, 'x', 107);
  int32_t listener = aeon_unix_listen(&address, 1);
  CHECK(listener >= 0);
  CHECK(aeon_descriptor_close(listener) == 0);
}

static void bytes_arrive_and_the_end_is_seen(void) {
  int32_t client;
  int32_t server;
  connect_pair(&client, &server);
  char buffer[8];
  CHECK(aeon_stream_receive(server, buffer, 0, sizeof buffer) == -EAGAIN);
  struct aeon_span spans[2] = {{(uint64_t)(uintptr_t) "ab", 2}, {(uint64_t)(uintptr_t) "cd", 2}};
  CHECK(aeon_stream_send_spans(client, spans, 2) == 4);
  CHECK(aeon_stream_receive(server, buffer, 0, sizeof buffer) == 4);
  CHECK(memcmp(buffer, "abcd", 4) == 0);
  CHECK(aeon_stream_send_spans(client, spans, 0) == -EINVAL);
  CHECK(aeon_stream_send_spans(client, spans, 65) == -EINVAL);
  CHECK(aeon_stream_finish_sending(client) == 0);
  CHECK(aeon_stream_receive(server, buffer, 0, sizeof buffer) == 0);
  CHECK(aeon_descriptor_close(client) == 0);
  CHECK(aeon_stream_send(server, "yx", 1, 1) == -EPIPE);
  CHECK(aeon_descriptor_close(server) == 0);
  CHECK(aeon_descriptor_close(server) == -EBADF);
}

static void peer_is_ourselves(void) {
  int32_t client;
  int32_t server;
  connect_pair(&client, &server);
  struct aeon_peer_credentials peer;
  CHECK(aeon_unix_peer(server, &peer) == 0);
  CHECK(peer.process_id == getpid());
  aeon_descriptor_close(client);
  aeon_descriptor_close(server);
}

static void descriptors_beyond_capacity_are_closed(void) {
  int32_t client;
  int32_t server;
  connect_pair(&client, &server);
  int32_t sent[3];
  for (int i = 0; i < 3; i++) {
    sent[i] = aeon_shm_create("test", 4096);
    CHECK(sent[i] >= 0);
  }
  int32_t next = dup(client);
  close(next);
  CHECK(aeon_unix_send_descriptors(client, "!", 1, sent, 3) == 1);
  char byte;
  int32_t received[1];
  int32_t count = -1;
  CHECK(aeon_unix_receive_descriptors(server, &byte, 1, received, 1, &count) == 1);
  CHECK(count == 1 && received[0] == next);
  CHECK(aeon_descriptor_close(received[0]) == 0);
  int32_t probe = dup(client);
  CHECK(probe == next); /* the other two were closed at once */
  close(probe);
  CHECK(aeon_unix_send_descriptors(client, "!", 1, sent, 17) == -EINVAL);
  CHECK(aeon_unix_send_descriptors(client, "!", 0, sent, 1) == -EINVAL);
  CHECK(aeon_unix_receive_descriptors(server, &byte, 1, received, 17, &count) == -EINVAL);
  for (int i = 0; i < 3; i++) {
    aeon_descriptor_close(sent[i]);
  }
  aeon_descriptor_close(client);
  aeon_descriptor_close(server);
}

static void permissions_are_those_asked_for(void) {
  struct aeon_unix_address address = {.is_abstract = 0};
  address.length = (uint32_t)snprintf((char *)address.name, sizeof address.name,
                                       "/tmp/aeon-test-%d", getpid());
  int32_t listener = aeon_unix_listen_with(&address, 1, 0600);
  CHECK(listener >= 0);
  struct stat file;
  CHECK(stat((const char *)address.name, &file) == 0);
  CHECK((file.st_mode & 0777) == 0600);
  CHECK(aeon_descriptor_close(listener) == 0);
  CHECK(unlink((const char *)address.name) == 0);
  CHECK(aeon_unix_listen_with(&address, 1, 01000) == -EINVAL);
  address = abstract_address();
  CHECK(aeon_unix_listen_with(&address, 1, 0600) == -EINVAL);
}

static void adopted_sockets_are_told_apart(void) {
  struct aeon_unix_address address = abstract_address();
  int32_t listener = aeon_unix_listen(&address, 1);
  CHECK(aeon_stream_adopt(listener) == (AEON_ADOPTED_LISTENING | AEON_ADOPTED_UNIX));
  CHECK(aeon_descriptor_close(listener) == 0);
  int pair[2];
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  CHECK(aeon_stream_adopt(pair[0]) == AEON_ADOPTED_UNIX);
  char byte;
  CHECK(read(pair[0], &byte, 1) == -1 && errno == EAGAIN); /* no longer blocks */
  close(pair[0]);
  close(pair[1]);
  CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0);
  CHECK(aeon_stream_adopt(pair[0]) == -EPROTOTYPE);
  close(pair[0]);
  close(pair[1]);
  CHECK(aeon_stream_adopt(pair[0]) == -EBADF);
  CHECK(pipe(pair) == 0);
  CHECK(aeon_stream_adopt(pair[0]) == -ENOTSOCK);
  close(pair[0]);
  close(pair[1]);
}

int main(void) {
  addresses_out_of_range_are_refused();
  longest_names_fit();
  bytes_arrive_and_the_end_is_seen();
  peer_is_ourselves();
  descriptors_beyond_capacity_are_closed();
  permissions_are_those_asked_for();
  adopted_sockets_are_told_apart();
  return 0;
}
