module ${gomodule}

go 1.21

require google.golang.org/protobuf v1.36.5
?grpc 
?grpc require google.golang.org/grpc v1.64.0
