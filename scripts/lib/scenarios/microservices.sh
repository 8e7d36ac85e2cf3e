# Services that share types and call each other. Sourced by scripts/scenarios in an empty folder.
# shellcheck shell=bash
mkdir -p proto/common proto/user proto/order proto/payment

cat >proto/common/types.proto <<EOF
syntax = "proto3";

package common;

message Timestamp {
  int64 seconds = 1;
}

message UUID {
  string value = 1;
}
EOF

cat >proto/user/user.proto <<EOF
syntax = "proto3";

package user;

import "common/types.proto";

message User {
  common.UUID id = 1;
  string name = 2;
}
EOF

cat >proto/order/order.proto <<EOF
syntax = "proto3";

package order;

import "common/types.proto";

message OrderRequest {
  common.UUID user_id = 1;
}

message OrderResponse {
  Order order = 1;
}

message OrderID {
  common.UUID id = 1;
}

message Order {
  common.UUID id = 1;
  common.Timestamp created_at = 2;
}

service OrderService {
  rpc CreateOrder(OrderRequest) returns (OrderResponse);
  rpc GetOrder(OrderID) returns (Order);
}
EOF

cat >proto/payment/payment.proto <<EOF
syntax = "proto3";

package payment;

import "common/types.proto";
import "order-service/order.proto";

message Payment {
  common.UUID id = 1;
  order.Order order = 2;
}
EOF

# Common types shared across all services
spoke push -module common -version v1.0.0 -dir ./proto/common

# Each service pushes its API
spoke push -module user-service -version v1.0.0 -dir ./proto/user
spoke push -module order-service -version v1.0.0 -dir ./proto/order
spoke push -module payment-service -version v1.0.0 -dir ./proto/payment

# Services pull dependencies
spoke pull -module user-service -version v1.0.0 -recursive
expect_file proto/common/types.proto
expect_file proto/user.proto

spoke pull -module payment-service -version v1.0.0 -dir ./pulled -recursive
expect_file pulled/order-service/order.proto
expect_file pulled/common/types.proto
spoke compile -dir ./pulled -out ./generated -lang go
expect_file generated/order-service/order_grpc.pb.go
expect_file generated/payment.pb.go
spoke validate -dir ./pulled -recursive
