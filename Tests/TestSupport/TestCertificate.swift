// SPDX-License-Identifier: Apache-2.0

/// Certificates of an authority that exists for these tests only, valid from 2020 to 2119. The keys protect nothing.
public struct TestCertificate: Sendable {
    /// PEM.
    public let certificate: String
    public let key: String

    /// The authority; its key was thrown away.
    public static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBbTCCAROgAwIBAgIBATAKBggqhkjOPQQDAjAdMRswGQYDVQQDDBJkb2NrZXJs
        aXRlIHRlc3QgQ0EwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMB0x
        GzAZBgNVBAMMEmRvY2tlcmxpdGUgdGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49
        AwEHA0IABFQDHMDIjUD/bxGXN4HTGEZUMo8xqOOohxYPC65NOFmIROtmTCSyhIeo
        ty/gr0H77E9QjpVVoKPk18SRXiYT77qjQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYD
        VR0PAQH/BAQDAgEGMB0GA1UdDgQWBBR1KoxhwtuI3e/4ZbAP4yYDI5oPGDAKBggq
        hkjOPQQDAgNIADBFAiEApehQfmWT5BhT0GovGxysxDjQH7PjVDzbj14QSwT2JSQC
        ID4sILIQjcSpuXJgb/n5OBYQ5iCPTeyLwgTd1BYbSWoo
        -----END CERTIFICATE-----
        """

    /// For `localhost`, `127.0.0.1` and `::1`.
    public static let server = TestCertificate(
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIIBszCCAVqgAwIBAgIBAjAKBggqhkjOPQQDAjAdMRswGQYDVQQDDBJkb2NrZXJs
            aXRlIHRlc3QgQ0EwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQx
            EjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJ1W
            lejBaRjriWlTq5PMlDoF71QK3cJSHtDfljX+APx4DFPvw991y4znx7Fc3zkv/7Xu
            8pjkvWmnd72Eks5wBDOjgZEwgY4wLAYDVR0RBCUwI4IJbG9jYWxob3N0hwR/AAAB
            hxAAAAAAAAAAAAAAAAAAAAABMBMGA1UdJQQMMAoGCCsGAQUFBwMBMAkGA1UdEwQC
            MAAwHQYDVR0OBBYEFDbplwL7Ez4lHHYfK++R9EDXN8w1MB8GA1UdIwQYMBaAFHUq
            jGHC24jd7/hlsA/jJgMjmg8YMAoGCCqGSM49BAMCA0cAMEQCIGbmgRuB7iMMMi1/
            N/D6BIkM5L5mw714tBibr259RQkCAiAd60hNqtX8iNTDLWya6f+ykZdGAue3boa2
            nRs0cCrfcA==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrUpwy4uPezyi1+Vh
            50Ndw0r+BYoQsAMRdls33bYt3buhRANCAASdVpXowWkY64lpU6uTzJQ6Be9UCt3C
            Uh7Q35Y1/gD8eAxT78PfdcuM58exXN85L/+17vKY5L1pp3e9hJLOcAQz
            -----END PRIVATE KEY-----
            """)

    /// Signed by the authority, but for `other.example`.
    public static let wrongHost = TestCertificate(
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIIBoTCCAUigAwIBAgIBBDAKBggqhkjOPQQDAjAdMRswGQYDVQQDDBJkb2NrZXJs
            aXRlIHRlc3QgQ0EwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBgx
            FjAUBgNVBAMMDW90aGVyLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
            AATYm7lB/c6CJdHMjlGNNAPcEJiNCfam+QFR9AU2TmrGADqLPPu1mS5iMMkeM+8J
            O8ybg3ig012SgJnn8R0CFh+Bo3wwejAYBgNVHREEETAPgg1vdGhlci5leGFtcGxl
            MBMGA1UdJQQMMAoGCCsGAQUFBwMBMAkGA1UdEwQCMAAwHQYDVR0OBBYEFBmr4nMN
            1vCU6fkqap1NyCqHAF6tMB8GA1UdIwQYMBaAFHUqjGHC24jd7/hlsA/jJgMjmg8Y
            MAoGCCqGSM49BAMCA0cAMEQCIEpjVzt2vD2awVK0P8Pd+aFOD0EvhM5V10h9HZdB
            u23JAiAv3WFAFEgMuL/m60VgiJIhHbLQTyfbCCu5SSq/XZ1hSg==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFLleYiF632QWi22R
            SCHAtlrnceLn2dkOgeZVS/bLUT6hRANCAATYm7lB/c6CJdHMjlGNNAPcEJiNCfam
            +QFR9AU2TmrGADqLPPu1mS5iMMkeM+8JO8ybg3ig012SgJnn8R0CFh+B
            -----END PRIVATE KEY-----
            """)

    public static let client = TestCertificate(
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIIBhzCCASygAwIBAgIBAzAKBggqhkjOPQQDAjAdMRswGQYDVQQDDBJkb2NrZXJs
            aXRlIHRlc3QgQ0EwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBYx
            FDASBgNVBAMMC3Rlc3QgY2xpZW50MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            LbxVqAzQjV5XigPu7FvGSyVNhofsx29BhSyJuNJFx291s0c91aDSbXzW0pyX5xXk
            su9N2sJDrvNFyOnoqZx0c6NiMGAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwCQYDVR0T
            BAIwADAdBgNVHQ4EFgQUJpLLidCG74XkasMGICQOzp6jo9cwHwYDVR0jBBgwFoAU
            dSqMYcLbiN3v+GWwD+MmAyOaDxgwCgYIKoZIzj0EAwIDSQAwRgIhAPy+12s9wBAX
            tm4hjJ+PP46lZIILf6YYG/fMDexgXqKBAiEAzUNYmXatIaDdgjCKzFfmVkXPfWF0
            AiuGh9WXLzbkpNA=
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgO8IeX8rTofLXzJiH
            wOKnKRC2ZEw2w49p6ojdpQKEwzuhRANCAAQtvFWoDNCNXleKA+7sW8ZLJU2Gh+zH
            b0GFLIm40kXHb3WzRz3VoNJtfNbSnJfnFeSy703awkOu80XI6eipnHRz
            -----END PRIVATE KEY-----
            """)

    /// Signs tokens (RSA).
    public static let tokens = TestCertificate(
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIIC8TCCAdmgAwIBAgIBBTANBgkqhkiG9w0BAQsFADAhMR8wHQYDVQQDDBZkb2Nr
            ZXJsaXRlIHRlc3QgdG9rZW5zMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAw
            MDAwWjAhMR8wHQYDVQQDDBZkb2NrZXJsaXRlIHRlc3QgdG9rZW5zMIIBIjANBgkq
            hkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwTcNqvwNSy2bwADRJ9RIUIe56QmUS1kt
            ZmG+ap0AJ4epCDwSBGj7Z9qkrpmh/wzeRrhnUocNjTaB9EHJhcghjg+mkCFwDrzK
            m8d+4TT+9at04JKSFTAoe/tdY4Zcrtav9WjXN682HzPLFMTleM1UYTaenyfd6t9W
            S2CWkmAxQ1sG0E3wfEvbmb2wrtCXaa9AlJ/E4OCyxfKaaNeIBocVWNo9KjmYrttR
            aQBopxz6CjGpJfIgFT5sJmYsVq6lGmk85Hcn83QFCI4vwNM19HQIX5qQ3BGCVDZq
            V4KJykNlGLQBoVMyDy42lTMbHlu3fwotxySuqUVNlaHMi42/XGWamQIDAQABozIw
            MDAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBQnhxYZJ3qx5WrVH52xZHpz4PXd
            8TANBgkqhkiG9w0BAQsFAAOCAQEARxRilOjj9SYUnk0cEf9qXdgMeXOcwfrYUOtz
            8dz1NhSeeRPni3JlNhc+cb1N1xA7nU9oXzhrvrh98BHXkPZpvfVwTKMjhsNj+e12
            o16Yp02zzv4Dj0ef5yu5M7uRT/pwxSZZfDfRVihpPY3GFs0gdG0RT/NBY9Y4taLe
            sNm3YDu9XY4Klft/WKxVEqjEyyKYLRFUgVx/tWC3XzIht2iMhAAgJjoGnk4k/nPl
            1YQ2CGrfmYX9XGAWjGcUnpio1pLI/lskAZCIeORlxlW7a7VaGndVBnFOfKYFAqcv
            QQmc64XXYYAlKCT2oP5kmvcdTjc53jzcPM5JaAKWXbV3SqTw/A==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQDBNw2q/A1LLZvA
            ANEn1EhQh7npCZRLWS1mYb5qnQAnh6kIPBIEaPtn2qSumaH/DN5GuGdShw2NNoH0
            QcmFyCGOD6aQIXAOvMqbx37hNP71q3TgkpIVMCh7+11jhlyu1q/1aNc3rzYfM8sU
            xOV4zVRhNp6fJ93q31ZLYJaSYDFDWwbQTfB8S9uZvbCu0Jdpr0CUn8Tg4LLF8ppo
            14gGhxVY2j0qOZiu21FpAGinHPoKMakl8iAVPmwmZixWrqUaaTzkdyfzdAUIji/A
            0zX0dAhfmpDcEYJUNmpXgonKQ2UYtAGhUzIPLjaVMxseW7d/Ci3HJK6pRU2VocyL
            jb9cZZqZAgMBAAECggEAR5f6vIzA8EZqG+8xkSybzxs7zBn8lR7qL7GwORkL4Znn
            DGIV2wR7g7QEqZ3L5RIDmvjhcDcS0myMItHttmC97kHmWinJt+xEtwxo+1ID10w8
            9qnY73j0x1wQ8rvqw+5RLQI4HS4TQ+SRL5T14plS1uLCS/8dv9YZx7x2jq6OEoKW
            ma1amio0Npb6C6G2OJOmTO7uLEH8xYAeZOipOCtoRDXB9IRosgJ3Fz8u2obEyNDn
            CMZkUWkAgNQdlzPw6Y5rcqzFsfXaL2yT407RDGx6G7ZK4/W6ws6zlUd/wILzkXaP
            4IbdPnNq6lTOaVTPdgG3KgRGf6mAuHQ77/m/EacisQKBgQD1YP0Z20AbD2eLKwmf
            70PV2Hl4rUq9JJ3haqCohDai9Gbm/r1w2TuqIXFSyrBsbb8v2PKNas9r+14xzpV1
            alYcTFx/M3umOQhFNhlRJgAk8dw+JJ4TOIN4++O6WiZb9nveXqp1qS/ceiP+2gzf
            9+IQ7/b6pwWATgMML9tLg9rh7wKBgQDJlAtX1gABIgWvFJVmcH2PlVekrYh0edpE
            z2sN4n37vI9FXPcE+nyvUMUJst8sFOcG4dXQvRmXRxu60s2pqcGw4WOlxPNkncc9
            vWzkTva1QMnZgMC9qTLFH8tJTWxPYXLHYvkL9HiftMNekvV68LCjp0gt1PYL65ml
            HZvGwP0z9wKBgQDq3YfFHPfyLr90FKCkxfaPFCHIoU39VrQLk+zs/4fwV7C6/y9C
            eZtDT7lRfpJ5Zl5uJOCc/ZRGDhbt44dpGHwNoAWU9ykuRD6nSI3Y/195/UpK7O+l
            BB3LSoaB01IOChIsGT5dWrBl/z6+6+UQ5woqHhWvevioA4OlQZVMZYu3XwKBgQDF
            3zkzQ7JFamxB7Oaq5AmdBHBACshD7clAeosP2iDpF7Nb12Hz1R7HyXVhi+BemTYf
            H1iPytBwGzExNvUDcsvbIaR7eNWjEu4dwPA/PPQYAD0j8KtCgfCAaDFZB1MmqPXO
            m2z1O0mdHAgbsg6eW95JB1BnDQFpuh/cYTAk7hSfCQKBgQC2HyBHBzW+ed8ef3Fi
            uGa693wwOyb8BIp+0El9kefkJ/d/e1i0DnNWET9+G/c9+So8a6cYXQpFQpi9dhMz
            y4mXSQ4PMztYmDBZbXMUkT+FpZHBHACRp9CWrOPG62uCBh3h6Pw5M+gJmaP1oE1Q
            uaW5g6jMMbZDPUCs/YAoF14ioQ==
            -----END PRIVATE KEY-----
            """)
}
