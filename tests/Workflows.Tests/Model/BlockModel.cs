using GridFlow.Workflows.Activities.ControlFlow;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>Something that may happen: a task may be answered, a timer may fire, an event may come. <see cref="Place"/> is workflow and activity.</summary>
internal readonly record struct Chance(string Place, string? Timer)
{
    /// <summary>Stands in the place of a timer where an event is waited for.</summary>
    public const string Event = "event";

    public override string ToString() => Timer is null ? Place : $"{Place}@{Timer}";
}

/// <summary>What a plan should do, worked out from the blocks themselves, without flowcharts, tokens or runs.</summary>
internal sealed class BlockModel
{
    private readonly Line _main;
    private readonly Workflow _workflow;
    private readonly Live _live;

    public BlockModel(Plan normal)
    {
        _main = normal.Main;
        _workflow = new Workflow(BlockDrawing.MainWorkflow, normal.Input);
        _live = Begin(_workflow, _main);
    }

    private enum Mark
    {
        Waiting,
        Arrived,
        Ended,
        Left,
    }

    public bool IsFinished => _live.Mark != Mark.Waiting;

    /// <summary>The variable of the main workflow.</summary>
    public int Total => _workflow.Total;

    /// <summary>What is open, and in how many ways it can end.</summary>
    public IEnumerable<(Chance Chance, int Outcomes)> Open => IsFinished ? [] : _live.Open;

    public void Happen(Chance chance, int outcome) => Assert.True(_live.Take(chance, outcome), $"the model knows nothing of {chance}");

    private static LiveLine Begin(Workflow workflow, Line line)
    {
        var live = new LiveLine(workflow, line);
        live.Advance();
        return live;
    }

    private sealed class Workflow(string id, int input)
    {
        public string Id => id;

        public int Input => input;

        public int Total { get; set; }

        public bool LeftWithX { get; set; }

        public string At(string activity) => $"{Id}/{activity}";
    }

    private abstract class Live(Workflow workflow)
    {
        public Mark Mark { get; protected set; }

        public abstract IEnumerable<(Chance, int)> Open { get; }

        protected Workflow Workflow => workflow;

        public abstract bool Take(Chance chance, int outcome);
    }

    private sealed class LiveLine(Workflow workflow, Line line) : Live(workflow)
    {
        private int _next;
        private Live? _current;

        public override IEnumerable<(Chance, int)> Open => _current?.Open ?? [];

        public override bool Take(Chance chance, int outcome)
        {
            if (_current?.Take(chance, outcome) != true)
            {
                return false;
            }

            Advance();
            return true;
        }

        public void Advance()
        {
            while (true)
            {
                Mark = _current?.Mark ?? Mark.Arrived;
                if (Mark != Mark.Arrived || _next == line.Blocks.Length)
                {
                    return;
                }

                _current = Begin(line.Blocks[_next++]);
            }
        }

        private Live? Begin(Block block)
        {
            switch (block)
            {
                case Block.Add add:
                    Workflow.Total += add.Amount;
                    return null;
                case Block.Choose choose:
                    return BlockModel.Begin(Workflow, Workflow.Input > choose.Above ? choose.Then : choose.Else);
                case Block.Leave leave:
                    Workflow.LeftWithX = leave.WithX;
                    return new Over(Workflow, Mark.Left);
                case Block.End:
                    return new Over(Workflow, Mark.Ended);
                case Block.Ask ask:
                    return new LiveAsk(Workflow, ask);
                case Block.Pause:
                    return new LiveWait(Workflow, new Chance(Workflow.At($"pause{block.Id}"), "delay"));
                case Block.Signal:
                    return new LiveWait(Workflow, new Chance(Workflow.At($"event{block.Id}"), Chance.Event));
                case Block.Box box:
                    return new LiveBox(Workflow, box);
                case Block.Fork fork:
                    return new LiveFork(Workflow, fork);
                case Block.Loop loop:
                    return new LiveLoop(Workflow, loop);
                case Block.Call call:
                    return new LiveCall(Workflow, call);
                default:
                    throw new InvalidOperationException(block.ToString());
            }
        }
    }

    private sealed class Over : Live
    {
        public Over(Workflow workflow, Mark mark)
            : base(workflow) => Mark = mark;

        public override IEnumerable<(Chance, int)> Open => [];

        public override bool Take(Chance chance, int outcome) => false;
    }

    private sealed class LiveAsk(Workflow workflow, Block.Ask ask) : Live(workflow)
    {
        private static readonly string[] Clock = ["remind", "due", "pass-up"];
        private readonly string _place = workflow.At($"ask{ask.Id}");
        private int _rung;
        private LiveLine? _then;

        public override IEnumerable<(Chance, int)> Open => _then is not null ? _then.Open
            : ask.HasLimit && _rung < Clock.Length ? [(new Chance(_place, null), ask.Outcomes.Length), (new Chance(_place, Clock[_rung]), 1)]
            : [(new Chance(_place, null), ask.Outcomes.Length)];

        public override bool Take(Chance chance, int outcome)
        {
            if (_then is not null)
            {
                return Settle(_then.Take(chance, outcome));
            }

            if (chance.Place != _place)
            {
                return false;
            }

            if (chance.Timer is null)
            {
                _then = Begin(Workflow, ask.Outcomes[outcome]);
            }
            else if (++_rung == Clock.Length && ask.Overdue is not null)
            {
                _then = Begin(Workflow, ask.Overdue);
            }

            return Settle(true);
        }

        private bool Settle(bool taken)
        {
            Mark = _then?.Mark ?? Mark.Waiting;
            return taken;
        }
    }

    private sealed class LiveWait(Workflow workflow, Chance chance) : Live(workflow)
    {
        public override IEnumerable<(Chance, int)> Open => [(chance, 1)];

        public override bool Take(Chance taken, int outcome)
        {
            Mark = taken == chance ? Mark.Arrived : Mark.Waiting;
            return taken == chance;
        }
    }

    private sealed class LiveBox : Live
    {
        private readonly Queue<Line> _later;
        private readonly List<LiveLine> _begun = [];

        public LiveBox(Workflow workflow, Block.Box box)
            : base(workflow)
        {
            _later = new Queue<Line>(box.Parts);
            while (box.Kind == BoxKind.Parallel && _later.TryDequeue(out var part))
            {
                _begun.Add(Begin(workflow, part));
            }

            Settle();
        }

        public override IEnumerable<(Chance, int)> Open => _begun.Where(part => part.Mark == Mark.Waiting).SelectMany(part => part.Open);

        public override bool Take(Chance chance, int outcome)
        {
            var taken = _begun.Any(part => part.Mark == Mark.Waiting && part.Take(chance, outcome));
            Settle();
            return taken;
        }

        // However its parts ended: a box in which nothing is alive is done, and what comes after it goes on.
        private void Settle()
        {
            while (true)
            {
                Mark = _begun.Any(part => part.Mark == Mark.Left) ? Mark.Left : _begun.Any(part => part.Mark == Mark.Waiting) ? Mark.Waiting : Mark.Arrived;
                if (Mark != Mark.Arrived || !_later.TryDequeue(out var next))
                {
                    return;
                }

                _begun.Add(Begin(Workflow, next));
            }
        }
    }

    private sealed class LiveFork : Live
    {
        private readonly Block.Fork _fork;
        private readonly List<LiveLine> _branches = [];

        public LiveFork(Workflow workflow, Block.Fork fork)
            : base(workflow)
        {
            _fork = fork;
            // Whoever is there at once wins before the others begin.
            if (fork.Mode == FlowJoinMode.WaitAny && fork.Branches.Any(branch => branch.Blocks.IsEmpty))
            {
                Mark = Mark.Arrived;
                return;
            }

            _branches.AddRange(fork.Branches.Select(branch => Begin(workflow, branch)));
            Settle();
        }

        public override IEnumerable<(Chance, int)> Open => _branches.Where(branch => branch.Mark == Mark.Waiting).SelectMany(branch => branch.Open);

        public override bool Take(Chance chance, int outcome)
        {
            var taken = _branches.Any(branch => branch.Mark == Mark.Waiting && branch.Take(chance, outcome));
            Settle();
            return taken;
        }

        private void Settle() => Mark =
            _branches.Any(branch => branch.Mark == Mark.Left) ? Mark.Left
            : _fork.Mode == FlowJoinMode.WaitAny && _branches.Any(branch => branch.Mark == Mark.Arrived) ? Mark.Arrived
            : _branches.Any(branch => branch.Mark == Mark.Waiting) ? Mark.Waiting
            : _branches.Any(branch => branch.Mark == Mark.Arrived) ? Mark.Arrived
            : Mark.Ended;
    }

    private sealed class LiveLoop : Live
    {
        private readonly Block.Loop _loop;
        private readonly string _place;
        private LiveLine _body;

        public LiveLoop(Workflow workflow, Block.Loop loop)
            : base(workflow)
        {
            _loop = loop;
            _place = workflow.At($"again{loop.Id}");
            _body = Begin(workflow, loop.Body);
            Settle();
        }

        public override IEnumerable<(Chance, int)> Open => _body.Mark == Mark.Waiting ? _body.Open : [(new Chance(_place, null), 2)];

        public override bool Take(Chance chance, int outcome)
        {
            var taken = true;
            if (_body.Mark == Mark.Waiting)
            {
                taken = _body.Take(chance, outcome);
                Settle();
            }
            else if (chance != new Chance(_place, null))
            {
                taken = false;
            }
            else if (outcome == 0)
            {
                Mark = Mark.Arrived;
            }
            else
            {
                _body = Begin(Workflow, _loop.Body);
                Settle();
            }

            return taken;
        }

        private void Settle() => Mark = _body.Mark is Mark.Arrived ? Mark.Waiting : _body.Mark;
    }

    private sealed class LiveCall : Live
    {
        private readonly Block.Call _call;
        private readonly Workflow _child;
        private readonly LiveLine _body;
        private LiveLine? _whenX;

        public LiveCall(Workflow workflow, Block.Call call)
            : base(workflow)
        {
            _call = call;
            _child = new Workflow($"child{call.Id}", call.Input);
            _body = Begin(_child, call.Child);
            Settle();
        }

        public override IEnumerable<(Chance, int)> Open => (_whenX ?? _body).Open;

        public override bool Take(Chance chance, int outcome)
        {
            var taken = (_whenX ?? _body).Take(chance, outcome);
            Settle();
            return taken;
        }

        private void Settle()
        {
            // However its branches ended: a workflow of which nothing is alive is done.
            if (_whenX is null && _body.Mark == Mark.Left && _child.LeftWithX)
            {
                _whenX = Begin(Workflow, _call.WhenX);
            }

            Mark = _whenX?.Mark ?? (_body.Mark == Mark.Waiting ? Mark.Waiting : Mark.Arrived);
        }
    }
}
