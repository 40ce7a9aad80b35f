function D = second_difference(n, h)
%SECOND_DIFFERENCE  The matrix of (u(i-1) - 2 u(i) + u(i+1)) / h^2.
%   It maps the n + 1 values on a grid to the n - 1 inner ones.

D = zeros(n - 1, n + 1);
for i = 1:n - 1
    D(i, i:i + 2) = [1 -2 1] / h^2;
end
end
