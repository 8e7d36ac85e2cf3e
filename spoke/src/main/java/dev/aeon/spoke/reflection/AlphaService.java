package dev.aeon.spoke.reflection;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ServerCalls;

/** Reflection by its name of before it was settled; its messages are the same bytes. */
final class AlphaService {
  private static final String NAME = "grpc.reflection.v1alpha.ServerReflection";

  private AlphaService() {}

  static ServerServiceDefinition of(ReflectionService service) {
    MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> settled =
        ServerReflectionGrpc.getServerReflectionInfoMethod();
    MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> method =
        MethodDescriptor.newBuilder(settled.getRequestMarshaller(), settled.getResponseMarshaller())
            .setType(settled.getType())
            .setFullMethodName(
                MethodDescriptor.generateFullMethodName(NAME, "ServerReflectionInfo"))
            .build();
    return ServerServiceDefinition.builder(NAME)
        .addMethod(method, ServerCalls.asyncBidiStreamingCall(service::serverReflectionInfo))
        .build();
  }
}
