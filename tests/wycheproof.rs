//! The ciphers and curves, as they are compiled, against the vectors of C2SP's Wycheproof: natively and, in a browser,
//! as the app's own wasm has them.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use ed25519_dalek::{Signature, VerifyingKey};
use wycheproof::{TestResult, aead, eddsa, xdh};
use x25519_dalek::x25519;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn x25519_agrees() {
    let mut tried = 0;
    for group in xdh::TestSet::load(xdh::TestName::X25519).unwrap().test_groups {
        for test in group.tests {
            let sides =
                (<[u8; 32]>::try_from(&test.private_key[..]), <[u8; 32]>::try_from(&test.public_key[..]));
            let (Ok(secret), Ok(public)) = sides else {
                assert_ne!(test.result, TestResult::Valid, "{}", test.tc_id);
                continue;
            };
            // What is only acceptable (a public key nobody shares anything with) must come out the same, too.
            let agrees = x25519(secret, public)[..] == test.shared_secret[..];
            assert_eq!(agrees, test.result != TestResult::Invalid, "{}: {}", test.tc_id, test.comment);
            tried += 1;
        }
    }
    assert!(tried > 500, "{tried}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ed25519_takes_good_signatures_and_no_others() {
    let mut tried = 0;
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = VerifyingKey::from_bytes(group.key.pk[..].try_into().unwrap()).unwrap();
        for test in group.tests {
            let signature = Signature::from_slice(&test.sig);
            let holds = signature.is_ok_and(|signature| key.verify_strict(&test.msg, &signature).is_ok());
            assert_eq!(holds, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chacha20_poly1305_opens_what_is_whole_and_nothing_else() {
    let mut tried = 0;
    for group in aead::TestSet::load(aead::TestName::ChaCha20Poly1305).unwrap().test_groups {
        for test in group.tests {
            let sides = (Key::try_from(&test.key[..]), Nonce::try_from(&test.nonce[..]));
            let (Ok(key), Ok(nonce)) = sides else {
                assert_eq!(test.result, TestResult::Invalid, "{}", test.tc_id);
                continue;
            };
            let cipher = ChaCha20Poly1305::new(&key);
            let sealed = [&test.ct[..], &test.tag].concat();
            let opened = cipher.decrypt(&nonce, Payload { msg: &sealed, aad: &test.aad });
            if test.result == TestResult::Valid {
                assert_eq!(opened.unwrap(), test.pt[..], "{}", test.tc_id);
                let again = cipher.encrypt(&nonce, Payload { msg: &test.pt, aad: &test.aad });
                assert_eq!(again.unwrap(), sealed, "{}", test.tc_id);
            } else {
                assert!(opened.is_err(), "{}: {}", test.tc_id, test.comment);
            }
            tried += 1;
        }
    }
    assert!(tried > 250, "{tried}");
}
