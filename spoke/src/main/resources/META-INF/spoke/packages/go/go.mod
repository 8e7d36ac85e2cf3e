module ${gomodule}

go 1.19

require google.golang.org/protobuf v1.33.0
?grpc 
?grpc require google.golang.org/grpc v1.62.1
