// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// Options that can't be had here are refused or warned about; nothing is passed over in silence.
@Suite(.timeLimit(.minutes(20)), .enabled(if: ImportedBox.canRun, ImportedBox.requirement))
struct OptionTests {
    private func create(_ options: String) -> String {
        "docker create --network none \(options) box"
    }

    @Test func `what means nothing here is refused`() throws {
        let box = try ImportedBox()
        for option in [
            "--link other", "--log-opt a=b", "--storage-opt size=1G", "--isolation process", "--gpus all",
            "--device-read-bps /dev/null:1", "--kernel-memory 64m", "--cpu-rt-period 5", "--volume-driver nfs",
            "--use-api-socket", "--ip6 ::1",
        ] {
            let name = option.prefix { $0 != " " }
            let result = try box.shell(create(option))
            #expect(result.errors.contains("\(name) is not supported: run without it"), "\(option): \(result.errors)")
            #expect(result.status == 125 && result.text.isEmpty)
        }
        let trust = try box.shell(create("--disable-content-trust=false"))
        #expect(trust.errors.contains("content trust is not supported") && trust.status == 125)
        try box.expect(create("--isolation default --disable-content-trust --volume-driver local"), "ID\n")
    }

    @Test func `what docker's engine refuses on the built-in networks`() throws {
        let box = try ImportedBox()
        let alias = try box.shell(create("--network-alias x"))
        #expect(alias.errors.contains("docker: network-scoped aliases are only supported for user-defined networks\n"))
        #expect(alias.status == 125)
        try box.refuses(
            create("--ip 10.0.0.2"), "user specified IP address is supported on user defined networks only")
        try box.refuses(create("--blkio-weight 5"), "Range of blkio weight is from 10 to 1000")
        try box.refuses(
            "docker volume create -o type=tmpfs vv",
            "create vv: the option \"type\" is not supported: use a bind mount or --tmpfs")
        try box.refuses(
            create("--mount type=volume,source=vv,target=/v,volume-opt=o=x"),
            "create vv: the option \"o\" is not supported: use a bind mount or --tmpfs")
        try box.expect("docker ps -aq; docker volume ls -q")
    }

    @Test func `limits and modes that can't be`() throws {
        let box = try ImportedBox()
        try box.refuses(create("--uts host -h x"), "conflicting options: hostname and the UTS mode")
        try box.refuses(
            create("--cpu-period 5"),
            "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)")
        try box.refuses(create("--cpu-quota 5"), "CPU cfs quota can not be less than 1ms (i.e. 1000)")
        try box.refuses(create("--cpuset-cpus 0-x"), "Invalid value 0-x for cpuset cpus: invalid format: 0-x")
        let missing = try box.shell(create("--cpuset-cpus 0,4096"))
        #expect(missing.errors.contains("Requested CPUs are not available - requested 0,4096, available: 0"))
        try box.refuses(create("--security-opt foo=bar"), "invalid --security-opt 2: \"foo=bar\"")
        try box.refuses(
            create("--pull never --platform linux/s390x"),
            """
            image with reference box was found but its platform (linux/\(Self.architecture)) does not match the \
            specified platform (linux/s390x)
            """)
        let rule = try box.shell(create("--device-cgroup-rule x"))
        #expect(rule.errors.contains("flag: invalid device cgroup format 'x'") && rule.status == 125)
        let shares = try box.shell(create("--cpu-shares -1"))
        #expect(shares.errors.contains("invalid CPU shares (-1): value must be a positive integer"))
        try box.expect(create("--shm-size 0 --device-cgroup-rule 'c 1:* rw'"), "ID\n")
    }

    private static var architecture: String {
        #if arch(x86_64)
            "amd64"
        #else
            "arm64"
        #endif
    }

    @Test func `what works, but perhaps not as meant, has a warning`() throws {
        let box = try ImportedBox()
        try box.expect(
            create("--dns 127.0.0.1 --oom-kill-disable"), "ID\n",
            errors: """
                WARNING: Localhost DNS (127.0.0.1) may fail in containers.
                WARNING: OOM killer is disabled for the container, but no memory limit is set, this can result in the \
                system running out of resources.

                """)
    }

    @Test func `published ports are discarded on the host's network, with a warning`() throws {
        let box = try ImportedBox()
        try box.expect(
            "docker create --network host -p 80:80 box", "ID\n",
            errors: "WARNING: Published ports are discarded when using host network mode\n")
    }

    @Test func `the domain name is the kernel's, too`() throws {
        let box = try ImportedBox()
        try box.expect(
            "docker run --rm --network none --domainname example.org box cat /proc/sys/kernel/domainname",
            "example.org\n")
    }

    @Test func `runtimes and detach keys of the settings are used`() throws {
        let box = try ImportedBox()
        let run = "docker run --rm --network none"
        try box.write(engineConfig: #"{"runtimes": {"mine": {"path": "runc"}}, "default-runtime": "mine"}"#)
        try box.expect("\(run) box echo default && \(run) --runtime mine box echo named", "default\nnamed\n")
        try box.expect(
            """
            docker create --name kept --network none box >/dev/null; docker inspect -f '{{.HostConfig.Runtime}}' kept
            docker info -f '{{.DefaultRuntime}}'
            """, "mine\nmine\n")
        try box.refuses("docker create --runtime nosuch box", "unknown or invalid runtime name: nosuch")
        try box.write(engineConfig: #"{"default-runtime": "nosuch"}"#)
        let missing = try box.shell("\(run) box true")
        #expect(missing.status != 0 && missing.errors.contains("nosuch"), "\(missing.errors)")
        try box.write(engineConfig: "{}")
        try box.write(clientConfig: #"{"detachKeys": "ctrl-"}"#)
        let keys = try box.shell("\(run) box true")
        #expect(keys.status == 125 && keys.errors.contains("ctrl-"), "\(keys.errors)")
        try box.expect("\(run) --detach-keys ctrl-x box echo own", "own\n")
    }

    @Test func `an interrupt ends exec's client, not the program`() throws {
        let box = try ImportedBox()
        try box.expect(
            """
            docker run -d --name web --network none box sleep 1000 >/dev/null
            setsid env --default-signal=INT docker exec web sleep 77 &
            client=$!
            until docker top web | grep -q 'sleep 77'; do :; done
            kill -INT -$client; wait $client; echo $?
            docker top web | grep -c 'sleep 77'
            """, "130\n1\n")
    }
}
