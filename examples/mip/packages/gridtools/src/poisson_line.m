function u = poisson_line(g, f, left, right)
%POISSON_LINE  Solves u'' = f on a grid, with u given at both ends.
%   u = POISSON_LINE(g, f, left, right) has one value for each point of g; f is
%   a function of the points. Needs the package rowops.

x = points(g);
n = numel(x) - 1;
D = gridtools.second_difference(n, step(g));
A = D(:, 2:n);
b = f(x(2:n)) - D(:, 1) * left - D(:, n + 1) * right;
R = echelon([A b]);
u = [left; R(:, end); right];
end
