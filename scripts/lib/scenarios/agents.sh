# A coordinator and its workers. Sourced by scripts/scenarios in an empty folder.
# shellcheck shell=bash

# Define agent communication protocol
cat > agent-protocol.proto <<EOF
syntax = "proto3";

message Task {
  string task_id = 1;
  bytes payload = 2;
  int32 priority = 3;
}

message TaskResult {
  string task_id = 1;
  bool success = 2;
  bytes result = 3;
}

service AgentCoordinator {
  rpc AssignTask(Task) returns (TaskAck);
  rpc ReportResult(TaskResult) returns (ResultAck);
}
EOF

# The protocol uses two messages that it does not define: the registry says which, and where.
if spoke push -module agent-protocol -version v1.0.0 2>refusal; then
  fail "a schema with undefined types was stored"
fi
expect_text refusal 'agent-protocol.proto:16:33: "TaskAck" is not defined'
expect_text refusal '"ResultAck" is not defined'
cat >>agent-protocol.proto <<EOF

message TaskAck {}

message ResultAck {}
EOF

# Push to Spoke
spoke push -module agent-protocol -version v1.0.0

# Coordinator pulls Python stubs
spoke pull -module agent-protocol -version v1.0.0
spoke compile -lang python -dir ./proto -out ./coordinator/proto
expect_file coordinator/proto/agent_protocol_pb2.py
expect_file coordinator/proto/agent_protocol_pb2_grpc.py

# Workers pull Go stubs
spoke pull -module agent-protocol -version v1.0.0
spoke compile -lang go -dir ./proto -out ./worker/proto
expect_file worker/proto/agent-protocol.pb.go
expect_file worker/proto/agent-protocol_grpc.pb.go
