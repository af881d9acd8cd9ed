"""Optima of longest induced paths by OR-tools CP-SAT: one graph a line in, one number of edges a line out.

A line is {"size": n, "walk": [[a, b], ...], "chords": [[a, b], ...], "ends": [node, ...], "start": node or null}.
A path is a circuit through one more node that stands before its first and after its last node (AddCircuit); a node that is
not on the path has a loop. Two nodes of the path that are related must be neighbours on it.
"""
import json
import sys

from ortools.sat.python import cp_model


def longest(graph):
    size, start = graph["size"], graph["start"]
    model = cp_model.CpModel()
    outside = size
    arcs = []
    on = [model.new_bool_var(f"on{v}") for v in range(size)]
    first = [model.new_bool_var(f"first{v}") for v in range(size)]
    last = [model.new_bool_var(f"last{v}") for v in range(size)]
    for v in range(size):
        arcs += [(v, v, ~on[v]), (outside, v, first[v]), (v, outside, last[v])]
    for v in graph["ends"]:
        # May begin or end the path, but not lie inside it.
        model.add_bool_or([~on[v], first[v], last[v]])
    for a, b in graph["walk"]:
        there, back = model.new_bool_var(""), model.new_bool_var("")
        arcs += [(a, b, there), (b, a, back)]
        model.add_bool_or([~on[a], ~on[b], there, back])
    for a, b in graph["chords"]:
        model.add_bool_or([~on[a], ~on[b]])
    model.add_circuit(arcs)
    if start is not None:
        model.add(first[start] == 1)
    model.maximize(sum(on) - 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status != cp_model.OPTIMAL:
        raise SystemExit(f"no proof: {solver.status_name(status)}")
    return round(solver.objective_value)


for line in sys.stdin:
    print(longest(json.loads(line)), flush=True)
