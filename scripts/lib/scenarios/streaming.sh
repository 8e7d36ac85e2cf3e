# Producers and consumers of events that evolve. Sourced by scripts/scenarios in an empty folder.
# shellcheck shell=bash
mkdir events
cat >events/events.proto <<EOF
syntax = "proto3";

package events;

message UserAction {
  string user_id = 1;
  string action_type = 2;
  int64 timestamp = 3;
}
EOF
spoke push -module events -version v1.0.0 -dir ./events

# Producer service
spoke pull -module events -version v1.0.0
# Consumer service
spoke pull -module events -version v1.0.0

# Go Service
spoke pull -module events -version v1.0.0
spoke compile -lang go -dir ./proto -out ./pkg/events
expect_text pkg/events/events.pb.go "package events"

# Python Service
spoke pull -module events -version v1.0.0
spoke compile -lang python -dir ./proto -out ./events_pb
expect_file events_pb/events_pb2.py

# C++ Service
spoke pull -module events -version v1.0.0
spoke compile -lang cpp -dir ./proto -out ./generated
expect_file generated/events.pb.h

# Version 2: Add new field
sed -i 's/int64 timestamp = 3;/int64 timestamp = 3;\n  string session_id = 4;/' events/events.proto
spoke push -module events -version v1.1.0 -dir ./events

# See what changed between versions
spoke pull -module events -version v1.0.0 -dir ./v1
spoke pull -module events -version v1.1.0 -dir ./v2
if diff ./v1/events.proto ./v2/events.proto >changes; then
  fail "the versions do not differ"
fi
expect_text changes "session_id"
