// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct AddressTests {
    @Test(arguments: ["127.0.0.1", "127.9.9.9", "127.1", "2130706433", "0x7f.1", "::1", "::ffff:127.0.0.1"])
    func `every spelling of loopback is recognised`(text: String) {
        #expect(IPAddress(text)?.isLoopback == true)
    }

    @Test(arguments: ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "fc00::1", "fd12::1"])
    func `private addresses are recognised`(text: String) {
        #expect(IPAddress(text)?.isPrivate == true)
    }

    @Test(arguments: ["169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "::ffff:169.254.169.254"])
    func `link-local and reserved addresses are recognised`(text: String) {
        #expect(IPAddress(text)?.isLinkLocalOrReserved == true)
    }

    @Test(arguments: ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "11.0.0.1"])
    func `public addresses are neither`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!address.isLoopback && !address.isPrivate && !address.isLinkLocalOrReserved)
    }

    @Test func `a name is no address`() {
        #expect(IPAddress("registry.example") == nil)
        #expect(IPAddress("") == nil)
    }

    @Test func `a block contains what its prefix says`() throws {
        let block = try #require(NetworkBlock("10.1.16.0/20"))
        #expect(try block.contains(#require(IPAddress("10.1.31.255"))))
        #expect(try !block.contains(#require(IPAddress("10.1.32.0"))))
        #expect(try !block.contains(#require(IPAddress("::1"))))
        let everything = try #require(NetworkBlock("0.0.0.0/0"))
        #expect(try everything.contains(#require(IPAddress("203.0.113.9"))))
    }

    @Test(arguments: ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "x/8", "10.0.0.0/", "::/129", "1.2.3.4/+8"])
    func `a malformed block is refused`(text: String) {
        #expect(NetworkBlock(text) == nil)
    }

    @Test(arguments: [
        ("a.example.com", "example.com"), ("example.com", "example.com"), ("x.example.co.uk", "example.co.uk"),
        ("a.b.s3.amazonaws.com", "s3.amazonaws.com"), ("me.github.io", "me.github.io"), ("localhost", "localhost"),
        ("auth.docker.io", "docker.io"), ("10.0.0.1", "10.0.0.1"),
    ])
    func `the registrable domain is what one owner has`(host: String, domain: String) {
        #expect(RegistrableDomain.of(host) == domain)
    }
}
