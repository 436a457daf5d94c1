package mitoyen.simulator.command;

import java.util.List;
import mitoyen.node.command.Commands;
import mitoyen.simulator.bench.AllocateBench;
import mitoyen.simulator.bench.BenchCommand;
import mitoyen.simulator.bench.FairBench;
import mitoyen.simulator.bench.IdleBench;
import mitoyen.simulator.bench.LatencyBench;
import mitoyen.simulator.bench.LedgerBench;
import mitoyen.simulator.bench.NetworkBench;
import mitoyen.simulator.bench.SettleBench;
import mitoyen.simulator.bench.SignaturesBench;
import mitoyen.simulator.bench.StateBench;
import mitoyen.simulator.demo.DemoCommand;
import mitoyen.simulator.example.ExampleCommand;
import mitoyen.simulator.run.SimulateCommand;

/// The simulator's commands, found by the service loader.
public final class SimulatorCommands implements Commands {
    @Override
    public List<Object> list() {
        return List.of(
                new DemoCommand(),
                new BenchCommand(
                        List.of(
                                AllocateBench.FULL,
                                SettleBench.YEAR,
                                SignaturesBench.FULL,
                                LedgerBench.FULL,
                                StateBench.FULL,
                                LatencyBench.FULL,
                                FairBench.FULL,
                                IdleBench.FULL,
                                NetworkBench.FULL)),
                new ExampleCommand(),
                new SimulateCommand());
    }
}
