import CSSL

/// What TLS connections are made from (`SSL_CTX`): TLS 1.2 at least, certificates by the system's authorities.
@safe final class TLSContext: Sendable {
  /// Made once and only read by `SSL_new`, which counts references under a lock of its own, hence safe to share.
  nonisolated(unsafe) let handle: OpaquePointer

  /// - Parameter authorities: a file of certificates to trust instead of the system's.
  init?(authorities: String? = nil) {
    guard let handle = unsafe SSL_CTX_new(TLS_client_method()) else { return nil }
    unsafe self.handle = handle
    let trusted =
      if let authorities {
        unsafe SSL_CTX_load_verify_locations(handle, authorities, nil)
      } else {
        unsafe SSL_CTX_set_default_verify_paths(handle)
      }
    let versioned = unsafe SSL_CTX_ctrl(
      handle, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
    unsafe SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, nil)
    guard trusted == 1, versioned == 1 else { return nil }
  }

  deinit { unsafe SSL_CTX_free(handle) }
}
