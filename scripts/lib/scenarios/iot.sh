# Devices in C++, a gateway in Go, analysis in Python. Sourced by scripts/scenarios in an empty folder.
# shellcheck shell=bash
mkdir schema
cat >schema/sensor-data.proto <<EOF
syntax = "proto3";

// sensor-data.proto
message SensorReading {
  string device_id = 1;
  double temperature = 2;
  double humidity = 3;
  int64 timestamp = 4;
}
EOF
spoke push -module sensor-data -version v1.0.0 -dir ./schema

# Edge devices, gateway and cloud pull the schema, and compile it to their language.
spoke pull -module sensor-data -version v1.0.0
spoke compile -lang cpp -dir ./proto -out ./edge
spoke compile -lang go -dir ./proto -out ./gateway
spoke compile -lang python -dir ./proto -out ./cloud
expect_file edge/sensor-data.pb.cc
expect_text gateway/sensor-data.pb.go "package gateway"
expect_file cloud/sensor_data_pb2.py

# Sprocket has compiled it for devices that have no compiler.
sprocket -storage-dir "$STORAGE" -once -lang cpp,go,python
expect_file "$STORAGE/sensor-data/versions/v1.0.0/cpp/sensor-data.pb.h"
spoke export -module sensor-data -version v1.0.0 -lang cpp -out edge.tar.gz
tar -tzf edge.tar.gz >archive
expect_text archive "CMakeLists.txt"
