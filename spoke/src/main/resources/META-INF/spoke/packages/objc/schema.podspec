Pod::Spec.new do |s|
  s.name = '${hyphenated}-schema'
  s.version = '${semver}'
  s.summary = 'Generated from a Protobuf schema.'
  s.homepage = 'https://protobuf.dev'
  s.license = { :type => 'none' }
  s.author = 'Spoke'
  s.source = { :path => '.' }
  s.source_files = '**/*.{pbobjc,pbrpc}.{h,m}'
  s.header_mappings_dir = '.'
  s.requires_arc = '**/*.pbrpc.m'
  s.dependency 'Protobuf', '~> 4.${protobuf}'
?grpc   s.dependency 'gRPC-ProtoRPC', '~> 1.51'
  s.pod_target_xcconfig = { 'GCC_PREPROCESSOR_DEFINITIONS' => 'GPB_USE_PROTOBUF_FRAMEWORK_IMPORTS=1' }
end
